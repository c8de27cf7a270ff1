package io.github.atleastonce.examples.process;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.kafka.KafkaEntrance;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The services, which are scripts, and what they need. {@code .ci/processes} fetches it. */
final class Scripts {

    static final String DATABASE_HOST = "localhost";

    private static final String PYTHON = "/usr/bin/python3";

    private static final Pattern PORT = Pattern.compile(":(\\d+)/");

    private Scripts() {}

    /** Says whether npm has fetched the clients. */
    static boolean runOnNode() {
        return Files.isDirectory(Path.of("service", "node_modules", "pg"));
    }

    /** Says whether Debian's Python is there, and its clients. */
    static boolean runOnPython() {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import confluent_kafka, psycopg2")
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static int databasePort(PostgreSql database) {
        Matcher port = PORT.matcher(database.url());
        if (!port.find()) {
            throw new IllegalStateException("No port in " + database.url());
        }
        return Integer.parseInt(port.group(1));
    }

    /** Prepares a script in JavaScript that speaks to Kafka, and to a database by an entrance. */
    static ServiceProcess node(Life life, String script, PostgreSqlEntrance database) {
        return script(life, "node", script, database);
    }

    /** Prepares one in Python. */
    static ServiceProcess python(Life life, String script, PostgreSqlEntrance database) {
        return script(life, PYTHON, script, database);
    }

    private static ServiceProcess script(Life life, String program, String script, PostgreSqlEntrance database) {
        return ServiceProcess.of(life, program, script)
                .in(Path.of("service"))
                .environment("KAFKA_BROKERS", KafkaEntrance.open(life).bootstrapServers())
                .environment("PGHOST", database.host())
                .environment("PGPORT", database.port())
                .environment("PGUSER", "postgres")
                .environment("PGDATABASE", "postgres");
    }
}
