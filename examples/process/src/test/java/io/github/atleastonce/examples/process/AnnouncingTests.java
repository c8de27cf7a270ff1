package io.github.atleastonce.examples.process;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Messages;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import java.sql.SQLException;
import org.junit.jupiter.api.condition.EnabledIf;

/** A service in node.js with an outbox, whose relay works by its own clock, killed at each step of both. */
@KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "accepted")})
@EnabledIf("io.github.atleastonce.examples.process.Scripts#runOnNode")
class AnnouncingTests {

    record OrderCreated(String id) {}

    static final PostgreSql DATABASE = PostgreSql.shared();

    @FaultTest(
            faults = {CRASH, SEND_FAILED, SEND_UNCERTAIN},
            bounds = "settleTimeout=60s")
    void announcesEachOrderThatItHasStored(Scenario scenario) throws SQLException {
        DATABASE.execute("DROP TABLE IF EXISTS orders, outbox; CREATE TABLE orders (id TEXT PRIMARY KEY);"
                + "CREATE TABLE outbox (id TEXT PRIMARY KEY, sent BOOLEAN)");
        scenario.service("shop", this::start);

        scenario.channel("orders").send("o-1", new OrderCreated("o-1"));
        scenario.settle();

        assertThat(Messages.of(scenario, "accepted")).isNotEmpty();
    }

    boolean marksFirst() {
        return false;
    }

    private ServiceProcess start(Life life) {
        PostgreSqlEntrance database = PostgreSqlEntrance.open(
                        life, Scripts.DATABASE_HOST, Scripts.databasePort(DATABASE))
                .polls("select outbox");
        return Scripts.node(life, "announce.js", database)
                .environment("ANNOUNCE_MARKS_FIRST", marksFirst())
                .start();
    }
}
