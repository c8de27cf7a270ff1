package io.github.atleastonce.examples.customersandorders;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;

import io.github.atleastonce.examples.jvm.QuickJvm;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Replay;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same body with each service in a process of its own, which dies by SIGKILL, on a real Kafka and a real PostgreSQL. */
@KafkaBroker(topics = {@Topic(name = "requests"), @Topic(name = "orders"), @Topic(name = "customers")})
class OnProcessesTests {

    private static final Databases DATABASES = Databases.postgreSql();
    private static final QuickJvm JVM = QuickJvm.rehearsed(ServiceMain.class, Path.of("target", "rehearsal"));

    Relay relay() {
        return Relay.SENDS_FIRST;
    }

    /** Of the deaths that the whole pass tries, the one that loses an event if the relay is wrong. */
    @Replay("1:crash(orders.select outbox/delete outbox)~2")
    @FaultTest(faults = CRASH, bounds = "settleTimeout=60s")
    void eachOrderEndsOnceThoughTheRelayDies(Scenario scenario) {
        eachOrderEndsOnce(scenario);
    }

    /** 96 schedules, each of which starts three JVMs. */
    @Tag("long")
    @EnabledIfSystemProperty(named = "processes", matches = "all")
    @FaultTest(
            faults = {DUPLICATE, DELAY, CRASH},
            maxFaults = 1,
            timeout = "60m",
            bounds = "settleTimeout=60s")
    void eachOrderEndsOnce(Scenario scenario) {
        OrderProcess.body(scenario, new ProcessShop(DATABASES, JVM, Customers.Memory.KEEPS_RELEASED, relay()));
    }
}
