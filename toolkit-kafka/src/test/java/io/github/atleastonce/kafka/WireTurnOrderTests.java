package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Cause;
import io.github.atleastonce.kafka.GroupProgress.Progress;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked about, and what is too late to be held back, where nobody reads: each test says itself how far groups have come. */
class WireTurnOrderTests {

    private static final TopicPartition PARTITION = new TopicPartition("payments", 0);
    private static final WireTurn A = new WireTurn("a", PARTITION);

    private static EmbeddedKafka broker;
    private static KafkaCluster kafka;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start();
        broker.createTopics(Map.of("payments", 1));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of("payments"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    /** It was given the record when the other one took its time, so it may have it in hand. */
    @Test
    void whatWasGivenInPassingIsNotHeldBack() {
        List<String> seen = new ArrayList<>();
        explore(Fault.DELAY, (run, records) -> {
            WireOrder order = new WireOrder(run, records, group -> true);
            if (order.next(progress(Map.of("a", 0L, "b", 0L), 1), null) != null) {
                order.next(progress(Map.of("a", 0L, "b", 0L), 1), A);
                seen.add(group(order.next(progress(Map.of("b", 0L), 1), A)));
            }
        });

        assertThat(seen).isNotEmpty().containsOnly("b");
    }

    @Test
    void whatWasGivenEarlyIsNotHeldBackAndTheNextIs() {
        List<String> early = new ArrayList<>();
        List<String> next = new ArrayList<>();
        explore(Fault.DELAY, (run, records) -> {
            WireOrder order = new WireOrder(run, records, group -> true);
            order.givenEarly(A, 1);
            early.add(group(order.next(progress(Map.of("a", 0L), 1), null)));
        });
        explore(Fault.DELAY, (run, records) -> {
            WireOrder order = new WireOrder(run, records, group -> true);
            order.givenEarly(A, 1);
            next.add(group(order.next(progress(Map.of("a", 1L), 2), null)));
        });

        assertThat(early).isNotEmpty().containsOnly("a");
        assertThat(next).contains("a", "nobody");
    }

    /** What ends a transaction is no record that could be late. */
    @Test
    void aMarkerIsNotHeldBackAndARecordIs() {
        List<String> record = new ArrayList<>();
        List<String> marker = new ArrayList<>();
        explore(Fault.DELAY, (run, records) -> {
            records.appended(PARTITION, 0, 1, true);
            record.add(group(new WireOrder(run, records, group -> true).next(progress(Map.of("a", 0L), 2), null)));
        });
        explore(Fault.DELAY, (run, records) -> {
            records.appended(PARTITION, 0, 1, true);
            marker.add(group(new WireOrder(run, records, group -> true).next(progress(Map.of("a", 1L), 2), null)));
        });

        assertThat(record).contains("a", "nobody");
        assertThat(marker).isNotEmpty().containsOnly("a");
    }

    /** What may be there already cannot have failed to reach the broker. */
    @Test
    void anOutageBeforeTheBrokerHasItIsNoneOfWhatIsSentAgain() {
        List<Verdict> first = new ArrayList<>();
        List<Verdict> again = new ArrayList<>();
        explore(Fault.BROKER_UNAVAILABLE, (run, records) -> first.add(append(run, false)));
        explore(Fault.BROKER_UNAVAILABLE, (run, records) -> again.add(append(run, true)));

        assertThat(first).contains(Verdict.PASS, Verdict.CUT_AFTER, Verdict.CUT);
        assertThat(again).contains(Verdict.PASS, Verdict.CUT_AFTER).doesNotContain(Verdict.CUT);
    }

    private static Verdict append(Run run, boolean again) {
        return new WirePoints(run.faults(), Optional.of(() -> {}))
                .append(Cause.partOf("shop", "orders"), new Append("door", "client", "payments", 0, 1, false, again));
    }

    private static String group(@Nullable WireTurn turn) {
        return turn == null ? "nobody" : turn.group();
    }

    /** Each of the groups has come to an offset before the end. */
    private static Progress progress(Map<String, Long> positions, long end) {
        Map<String, Map<TopicPartition, Long>> committed = new TreeMap<>();
        Map<String, Map<TopicPartition, String>> lacking = new TreeMap<>();
        positions.forEach((group, position) -> {
            committed.put(group, Map.of(PARTITION, position));
            lacking.put(group, Map.of(PARTITION, "lacks"));
        });
        return new Progress(committed, Map.of(PARTITION, end), lacking, List.of("lacks"));
    }

    private static void explore(Fault fault, BiConsumer<Run, RunRecords> body) {
        Outcome outcome = ScenarioRunner.of(fault)
                .on(kafka)
                .within(kafka.bounds().withMaxFaults(1))
                .mayPassUndelivered("the order of turns is looked at")
                .explore(scenario -> {
                    AtomicReference<Run> run = new AtomicReference<>();
                    scenario.channel("payments");
                    Service<String> probe = scenario.service("probe", life -> {
                        run.set(Run.of(life));
                        return life.service();
                    });
                    assertThat(probe).isNotNull();
                    body.accept(run.get(), RunRecords.of(run.get()).orElseThrow());
                });
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }
}
