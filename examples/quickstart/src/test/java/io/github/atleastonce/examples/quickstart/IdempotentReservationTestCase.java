package io.github.atleastonce.examples.quickstart;

import io.github.atleastonce.kafka.junit.BootstrapServers;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The fixed service: its test is expected to hold. */
@KafkaBroker(topics = @Topic(name = "orders"))
class IdempotentReservationTestCase extends CreditReservationSpec {

    private static CreditDatabase database;
    private static OrderListener listener;

    @BeforeAll
    static void start(@BootstrapServers String kafka) throws Exception {
        database = new CreditDatabase();
        listener = new OrderListener(kafka, new IdempotentReservation(database.dataSource()));
    }

    @AfterAll
    static void stop() throws Exception {
        listener.close();
        database.close();
    }

    @Override
    CreditDatabase database() {
        return database;
    }
}
