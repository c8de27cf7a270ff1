package io.github.atleastonce.examples.customersandorders;

import io.github.atleastonce.examples.jvm.QuickJvm;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.kafka.KafkaEntrance;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.scenario.Scenario;
import java.net.URI;

/**
 * The three services as processes: a JVM each, with plain clients of Kafka and PostgreSQL, which dies by SIGKILL.
 *
 * @param databases their databases, in PostgreSQL
 * @param jvm starts them
 * @param memory what the customers do with what was released
 * @param relay what the orders do with events that wait
 */
record ProcessShop(Databases databases, QuickJvm jvm, Customers.Memory memory, Relay relay) implements Shop {

    @Override
    public void open(Scenario scenario) {
        for (String service : ServiceMain.SERVICES) {
            scenario.service(service, life -> start(life, service));
        }
    }

    /** What they send are bytes, so an order is followed by its rows alone. */
    @Override
    public Saga saga() {
        return Saga.correlatedByKey()
                .startedBy("order", databases::placed)
                .step("credit")
                .doneBy("reservation", databases::onceReserved)
                .undoneBy("release", databases::released)
                .ends("approved order", () -> databases.ordersThatAre("APPROVED"))
                .orEnds("rejected order", () -> databases.ordersThatAre("REJECTED"))
                .orEnds("cancelled order", () -> databases.ordersThatAre("CANCELLED"));
    }

    private ServiceProcess start(Life life, String service) {
        URI server = URI.create(PostgreSql.shared().url().substring("jdbc:".length()));
        PostgreSqlEntrance database = PostgreSqlEntrance.open(life, server.getHost(), server.getPort());
        if (ServiceMain.RELAYING.contains(service)) {
            database.polls("select outbox");
        }
        return ServiceProcess.of(
                        life,
                        jvm.command(
                                KafkaEntrance.open(life).bootstrapServers(),
                                "jdbc:postgresql://%s:%d/postgres?user=postgres&currentSchema=%s"
                                        .formatted(database.host(), database.port(), service),
                                service,
                                memory.name(),
                                relay.name()))
                .readyWhenItPrints(ServiceMain.JOINED)
                .start();
    }
}
