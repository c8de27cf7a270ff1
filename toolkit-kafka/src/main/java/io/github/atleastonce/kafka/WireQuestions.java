package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.kafka.proxy.Commit;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the schedule is asked about that comes by the proxy, and what is said where it is not. On the thread of the run. */
final class WireQuestions {

    private final Run run;
    private final WirePoints points;
    private final WireLives lives;
    private final HostedTasks hosted;
    private final RunRecords records;

    WireQuestions(Run run, RunRecords records, WirePoints points, WireLives lives) {
        this.run = run;
        this.records = records;
        this.points = points;
        this.lives = lives;
        this.hosted = HostedTasks.of(run);
    }

    /** Returns what is asked about batches of one request, or null if nothing is. */
    @Nullable
    BiFunction<String, Cause, Verdict> about(List<Append> batches, Consumer<Append> hit) {
        if (batches.stream().noneMatch(Append::transactional)) {
            return (group, why) -> append(group, why, batches, hit);
        }
        return points.wantsAppends() ? (group, why) -> sparing(group, batches) : null;
    }

    /** In a batch of several records each may be hit; what happens to one happens to all. Names the batch that is hit. */
    private Verdict append(String group, Cause why, List<Append> batches, Consumer<Append> hit) {
        if (hosted.areOf(group)) {
            sparingListeners(); // It may wait for its own send, and the run for neither, or the other way round.
            return Verdict.PASS;
        }
        Verdict verdict = Verdict.PASS;
        for (Append batch : batches) {
            if (lives.at(batch.door()) == null && !records.isOfRun(batch.topicPartition())) {
                sparing(batch); // Logs and numbers go to such topics, at any moment.
                continue;
            }
            for (int i = 0; i < batch.records(); i++) {
                if (lives.at(batch.door()) == null) {
                    run.history().add(new Event.Stepped(group, new Step.Send(batch.topic())));
                }
                if (verdict == Verdict.PASS) {
                    verdict = points.append(why, batch);
                    hit.accept(batch);
                }
            }
        }
        return verdict;
    }

    private void sparing(Append batch) {
        run.history()
                .caveats()
                .remark("what is sent to '" + batch.topic()
                        + "' meets no fault, since neither @KafkaBroker nor a channel names it");
    }

    Verdict commit(String group, Cause why, Commit commit) {
        Verdict verdict = points.commit(why);
        if (verdict == Verdict.PASS && lives.at(commit.door()) == null) {
            run.history().add(new Event.Stepped(group, new Step.Acknowledge("commit offsets")));
        }
        return verdict;
    }

    /** A record in a transaction fails, comes twice or is lost with the others in it, or not at all. */
    private Verdict sparing(String group, List<Append> batches) {
        if (run.faults().wants(Fault.DROP)) {
            throw run.history()
                    .caveats()
                    .refuse(new UsageException(
                            "@FaultTest(faults = DROP) wants records that are sent one by one, but '" + group
                                    + "' sends to '" + batches.get(0).topic()
                                    + "' in a transaction, of which Kafka loses all or nothing: leave DROP out."));
        }
        run.history().caveats().remark("records that are sent in transactions meet no fault of their own");
        return Verdict.PASS;
    }

    /** Who reads without a group commits for nobody, so that there is nothing to wait for. */
    void passingOver(String client, String topic) {
        run.history()
                .caveats()
                .remark("nobody waits until '" + client + "' has handled what it reads from '" + topic
                        + "', since it is no member of a group");
    }

    /** What an application sends from its listeners meets faults where its producers say that they send. */
    void sparingListeners() {
        for (Fault fault : List.of(Fault.DROP, Fault.BROKER_UNAVAILABLE)) {
            if (run.faults().wants(fault)) {
                run.history()
                        .caveats()
                        .remark(
                                "what is sent in a transaction, or by a producer that no factory has made, while a listener of the application is at work meets no "
                                        + fault);
            }
        }
    }

    /** What a process does otherwise than for the record that it was given has no order in which it could be done again. */
    WireRequest step(
            Lifetime life, boolean effect, Supplier<@Nullable Lifetime> alone, Function<Cause, Verdict> performed) {
        return new WireRequest(
                new WireAsker(life, lives),
                (group, why) -> {
                    Lifetime acting = alone.get();
                    if (acting == null ? !lives.isOf(group, life) : acting != life) {
                        sparing(life, "while another service has its turn meets no fault");
                        return Verdict.PASS;
                    }
                    return performed.apply(why);
                },
                () -> {
                    if (effect) {
                        sparingWhatIsDoneAlone(life);
                    }
                });
    }

    private void sparingWhatIsDoneAlone(Lifetime life) {
        sparing(
                life,
                "by itself, not for a record, meets no fault; the relay of an outbox does after"
                        + " PostgreSqlEntrance.polls(\"select outbox\")");
    }

    private void sparing(Lifetime life, String words) {
        run.history().caveats().remark("what '" + life.service() + "' does " + words);
    }
}
