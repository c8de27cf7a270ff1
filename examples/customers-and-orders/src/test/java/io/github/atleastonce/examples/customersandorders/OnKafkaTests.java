package io.github.atleastonce.examples.customersandorders;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;

/** The same body on a real Kafka and a real PostgreSQL. */
@KafkaBroker(topics = {@Topic(name = "requests"), @Topic(name = "orders"), @Topic(name = "customers")})
class OnKafkaTests {

    private static final Databases DATABASES = Databases.postgreSql();

    @FaultTest(
            faults = {DUPLICATE, DELAY, CRASH},
            maxFaults = 1)
    void eachOrderEndsOnce(Scenario scenario) {
        OrderProcess.body(scenario, LocalShop.on(DATABASES));
    }
}
