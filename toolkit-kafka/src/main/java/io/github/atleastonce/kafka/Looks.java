package io.github.atleastonce.kafka;

import io.github.atleastonce.kafka.GroupProgress.Progress;
import io.github.atleastonce.run.Run;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the groups have come: as the proxy tells it while some group lacks something, else as the broker says. Used by the run's own thread, while
 * something is waited for.
 */
final class Looks {

    private final Run run;
    private final ConsumerPresence consumers;
    private final RecordEnds ends;
    private final Map<TopicPartition, Long> from;
    private final Supplier<Set<String>> driven;
    private final @Nullable WireTurns turns;
    private boolean asked = true;

    Looks(
            Run run,
            ConsumerPresence consumers,
            RecordEnds ends,
            Map<TopicPartition, Long> from,
            Supplier<Set<String>> driven,
            @Nullable WireTurns turns) {
        this.run = run;
        this.consumers = consumers;
        this.ends = ends;
        this.from = from;
        this.driven = driven;
        this.turns = turns;
    }

    /** Begins to wait: only the broker knows what was sent otherwise than by the proxy before. */
    void begin() {
        if (turns == null) {
            return;
        }
        Map<String, Map<TopicPartition, Long>> starts = consumers.starts(from);
        if (starts.isEmpty()) {
            turns.told().forget();
        } else {
            turns.told().begin(starts, consumers.ends(from.keySet()));
        }
    }

    /** Returns what the proxy tells, or nothing: then the broker is to be asked. */
    @Nullable
    Progress told() {
        Progress told = turns == null ? null : turns.present();
        asked = told == null;
        return told;
    }

    /** Lets the broker be asked if what is known was only told; says whether that was so. */
    boolean askIfTold() {
        if (!asked && turns != null) {
            turns.told().forget();
        }
        return !asked;
    }

    /**
     * Lets the next answer be the last one: it tells records from the markers of transactions, of which the broker may have written one only now, and what is on its way
     * without anybody who waits for it has arrived by then.
     */
    void beginLast() {
        ends.readAtOnce();
        long end = System.nanoTime() + run.bounds().arrivalTimeout().toNanos();
        while (turns != null && !turns.midway().isEmpty() && System.nanoTime() - end < 0) {
            turns.awaitChange(turns.changes());
        }
    }

    /** Asks the broker. */
    Progress ask() {
        if (turns == null) {
            return progress();
        }
        WireProgress told = turns.told();
        Progress answer = ask(told);
        if (told.onlyMarkersAreLeft()) {
            ends.readAtOnce();
            answer = ask(told);
        }
        return turns.visible(answer);
    }

    private Progress ask(WireProgress told) {
        told.ask();
        Progress answer = progress();
        told.answered(answer);
        return answer;
    }

    private Progress progress() {
        return consumers.progress(from, driven.get(), run);
    }
}
