package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A consumer that commits all the time, new or not: it has its records in hand when it leaves its group, and is not told before it has them. */
class EvictionTests {

    @Test
    void aMemberLeavesOnceItHasRecordsInHand() {
        AtomicInteger credit = new AtomicInteger();
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers())) {
            broker.createTopics(Map.of("orders", 1));
            KafkaCluster bare = new KafkaCluster(broker.bootstrapServers(), List.of("orders"));
            try (bare;
                    Listener service = new Listener(
                                    proxy.bootstrapServers(),
                                    "restless",
                                    "orders",
                                    next -> credit.addAndGet(Integer.parseInt(Listener.text(next.value()))))
                            .restless()) {
                service.start();
                Outcome outcome = ScenarioRunner.of(REBALANCE)
                        .on(bare.behind(proxy))
                        .within(bare.bounds())
                        .explore(scenario -> {
                            credit.set(0);
                            scenario.channel("orders").send("o-1", "10");
                            scenario.settle();
                            assertThat(credit).hasValue(10);
                        });

                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                found -> assertThat(found.token().toString())
                                        .isEqualTo("1:rebalance(restless<orders[k1]/fetch)"));
            }
        }
    }
}
