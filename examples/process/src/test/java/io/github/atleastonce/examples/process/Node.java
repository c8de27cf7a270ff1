package io.github.atleastonce.examples.process;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.kafka.KafkaEntrance;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the service needs. */
final class Node {

    static final String DATABASE_HOST = "localhost";

    private static final Pattern PORT = Pattern.compile(":(\\d+)/");

    private Node() {}

    /** Says whether npm has fetched the clients. */
    static boolean isInstalled() {
        return Files.isDirectory(Path.of("service", "node_modules", "pg"));
    }

    static int databasePort(PostgreSql database) {
        Matcher port = PORT.matcher(database.url());
        if (!port.find()) {
            throw new IllegalStateException("No port in " + database.url());
        }
        return Integer.parseInt(port.group(1));
    }

    /** Prepares a script of the service that speaks to Kafka, and to a database by an entrance. */
    static ServiceProcess script(Life life, String script, PostgreSqlEntrance database) {
        return ServiceProcess.of(life, "node", script)
                .in(Path.of("service"))
                .environment("KAFKA_BROKERS", KafkaEntrance.open(life).bootstrapServers())
                .environment("PGHOST", database.host())
                .environment("PGPORT", database.port())
                .environment("PGUSER", "postgres")
                .environment("PGDATABASE", "postgres");
    }
}
