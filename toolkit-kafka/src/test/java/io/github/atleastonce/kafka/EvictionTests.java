package io.github.atleastonce.kafka;

import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.Commit;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.kafka.proxy.Watch;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
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

    /** The run may end once all is committed: a member that was still there then would be given records of the next one, and lose its commit in that. */
    @Test
    void aMemberHasLeftBeforeAnybodyHearsOfTheCommitWhoseAnswerItLoses() throws Exception {
        List<Integer> members = new CopyOnWriteArrayList<>();
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Listener service =
                        new Listener(proxy.bootstrapServers(), "leaving", "orders", next -> {}).committingRecords()) {
            broker.createTopics(Map.of("orders", 1));
            proxy.watch(new Watch() {

                @Override
                public Verdict committing(Commit commit) {
                    return members.isEmpty() ? Verdict.LOSE_ANSWER : Verdict.PASS;
                }

                @Override
                public boolean committed(Commit commit, boolean done) {
                    members.add(membersOf(admin, "leaving"));
                    return true;
                }
            });
            service.start();
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>("orders", "o-1", "10")).get();
            }

            await().until(() -> !members.isEmpty());
            assertThat(members.get(0)).isZero();
        }
    }

    private static int membersOf(Admin admin, String group) {
        try {
            return admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members()
                    .size();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
