package io.github.atleastonce.kafka;

import io.github.atleastonce.kafka.GroupProgress.Progress;
import io.github.atleastonce.kafka.proxy.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the groups have come as the proxy tells it: what the broker said when it was asked last, and what has passed since. It says who lacks
 * something, so that nobody has to ask while that is so. That nobody does, it never says: then the broker is asked. Safe for use by several threads.
 */
final class WireProgress {

    /** So long nobody asks where nothing is told: somebody may commit, or leave, by another way. */
    private static final long TRUSTED = Duration.ofMillis(25).toNanos();

    private final ToLongFunction<TopicPartition> knownEnd;
    private final BiPredicate<TopicPartition, Long> reachesBeyond;
    private final Predicate<String> told;
    private final LongSupplier clock;
    private final Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
    private final Map<String, Map<TopicPartition, Long>> inTransactions = new HashMap<>(1);
    private final Map<String, Map<TopicPartition, Long>> lately = new HashMap<>(1);
    private @Nullable Progress answer;
    private long answered;
    private boolean trusted;

    /**
     * Begins to listen.
     *
     * @param knownEnd the offset after the last record of a partition that is known
     * @param reachesBeyond says whether a partition holds a record at an offset or behind it, and not only what ends transactions
     * @param told says of a group whether all that it commits comes by the proxy
     * @param clock nanoseconds
     */
    WireProgress(
            ToLongFunction<TopicPartition> knownEnd,
            BiPredicate<TopicPartition, Long> reachesBeyond,
            Predicate<String> told,
            LongSupplier clock) {
        this.knownEnd = knownEnd;
        this.reachesBeyond = reachesBeyond;
        this.told = told;
        this.clock = clock;
    }

    /**
     * Takes note of what the broker has committed. A consumer may go back: the last commit counts. What is committed in a transaction takes effect
     * when that ends, and some moments later, which nobody tells. Says whether it is something new.
     */
    synchronized boolean committed(Commit commit) {
        (commit.transactional() ? inTransactions : committed)
                .computeIfAbsent(commit.group(), none -> new HashMap<>())
                .putAll(commit.offsets());
        Map<TopicPartition, Long> last = lately.computeIfAbsent(commit.group(), none -> new HashMap<>());
        boolean same = last.entrySet().containsAll(commit.offsets().entrySet());
        last.putAll(commit.offsets());
        return !same;
    }

    /**
     * Begins with what is known of groups, or with where they begin to read, if nothing is.
     *
     * @param starts where they begin to read
     * @param ends where the partitions end, as the broker says now
     */
    synchronized void begin(Map<String, Map<TopicPartition, Long>> starts, Map<TopicPartition, Long> ends) {
        Progress last = answer;
        Map<String, Map<TopicPartition, Long>> reached = new TreeMap<>();
        starts.forEach((group, begun) -> {
            Map<TopicPartition, Long> positions = new HashMap<>(begun);
            if (last != null) {
                positions.putAll(last.committed().getOrDefault(group, Map.of()));
            }
            reached.put(group, positions);
        });
        answered(new Progress(reached, ends, Map.of(), List.of()));
    }

    /** Says nothing until the broker has been asked. */
    synchronized void forget() {
        trusted = false;
    }

    /** The broker is asked now: what was told so far, its answer holds. */
    synchronized void ask() {
        forget();
        committed.clear();
    }

    /** Takes the answer of the broker. */
    synchronized void answered(Progress progress) {
        answer = progress;
        answered = clock.getAsLong();
        trusted = true;
    }

    private boolean mayAdvanceUntold(String group, Map<TopicPartition, Long> positions) {
        return inTransactions.getOrDefault(group, Map.of()).entrySet().stream()
                .anyMatch(offset -> positions.getOrDefault(offset.getKey(), Long.MAX_VALUE) < offset.getValue());
    }

    /** Says whether groups lack what the run does not know to be a record: at the ends of transactions it is none. */
    synchronized boolean onlyMarkersAreLeft() {
        Progress last = answer;
        return last != null
                && !last.lacking().isEmpty()
                && last.lacking().entrySet().stream()
                        .allMatch(group -> group.getValue().keySet().stream()
                                .noneMatch(partition -> reachesBeyond.test(
                                        partition, new WireTurn(group.getKey(), partition).position(last))));
    }

    /**
     * Returns the progress while some group certainly lacks something, else nothing.
     *
     * @param visible leaves out what nobody is to read for the time being
     */
    synchronized @Nullable Progress present(UnaryOperator<Progress> visible) {
        Progress last = answer;
        if (last == null
                || !trusted
                || clock.getAsLong() - answered >= TRUSTED
                || !last.committed().keySet().stream().allMatch(told)
                || last.committed().entrySet().stream()
                        .anyMatch(group -> mayAdvanceUntold(group.getKey(), group.getValue()))) {
            return null;
        }
        Map<TopicPartition, Long> ends = new HashMap<>(last.ends());
        ends.replaceAll((partition, end) -> Math.max(end, knownEnd.applyAsLong(partition)));
        Map<String, Map<TopicPartition, Long>> positions = new TreeMap<>();
        Map<String, Map<TopicPartition, String>> lacking = new TreeMap<>();
        List<String> behind = new ArrayList<>();
        last.committed().forEach((group, known) -> {
            Map<TopicPartition, Long> reached = new HashMap<>(known);
            committed.getOrDefault(group, Map.of()).forEach((partition, offset) -> {
                if (reached.containsKey(partition)) {
                    reached.put(partition, offset);
                }
            });
            positions.put(group, reached);
            reached.forEach((partition, position) -> {
                if (position < ends.getOrDefault(partition, 0L) && reachesBeyond.test(partition, position)) {
                    String words = partition + ": group " + group + " has not committed all records of this run";
                    lacking.computeIfAbsent(group, none -> new HashMap<>()).put(partition, words);
                    behind.add(words);
                }
            });
        });
        Collections.sort(behind);
        Progress present = visible.apply(new Progress(positions, ends, lacking, behind));
        return present.lacking().isEmpty() ? null : present;
    }
}
