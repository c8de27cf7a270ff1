package io.github.atleastonce.report;

import io.github.atleastonce.message.StoredMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps what the rows of a story have changed in tables, what became of that, and how far each consumer group had committed after each row. */
final class Ledger {

    private static final String OPEN = "not committed yet";
    private static final String COMMITTED = "committed";
    private static final String UNDONE = "undone";

    private final Map<Row, Entry> entries = new IdentityHashMap<>();
    private final Map<Integer, List<Change>> open = new HashMap<>();
    private final Map<Place, Long> offsets = new LinkedHashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Set<String> committing = new TreeSet<>();

    /** What has happened since the last row that is known. */
    private final List<Runnable> news = new ArrayList<>(2);

    /** To whom the news belong. */
    private Entry present = new Entry();

    private record Place(String group, String partition) {}

    /** What happened in the books with one row. */
    static final class Entry {

        private final List<Change> changes = new ArrayList<>(1);
        private @Nullable Map<Place, Offset> offsets;

        List<Change> changes() {
            return changes;
        }
    }

    /** Rows of a table that were changed. */
    static final class Change {

        private final Entry entry;
        private final String owner;
        private final String what;
        private String state;

        private Change(Entry entry, String owner, String what, String state) {
            this.entry = entry;
            this.owner = owner;
            this.what = what;
            this.state = state;
        }

        String what() {
            return what;
        }

        String state() {
            return state;
        }

        boolean isOpen() {
            return state.equals(OPEN);
        }

        boolean isUndone() {
            return state.equals(UNDONE);
        }
    }

    private record Offset(long committed, long end) {}

    void sent(StoredMessage message) {
        ends.merge(partition(message), message.offset() + 1, Math::max);
    }

    void reached(String subscriber, StoredMessage message) {
        ends.merge(partition(message), message.offset() + 1, Math::max);
        String group = subscriber.replaceFirst("#[0-9]+$", "");
        offsets.putIfAbsent(new Place(group, partition(message)), 0L);
    }

    /** What a service had not committed is undone when it dies. */
    void dies(String service) {
        List<Integer> undone = open.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(change -> change.owner.equals(service)))
                .map(Map.Entry::getKey)
                .toList();
        undone.forEach(transaction -> concludes(transaction, false));
    }

    void changes(String owner, int transaction, String what, long rows, String values) {
        news.add(() -> {
            String words = what + ": " + (rows == 1 ? "1 row" : rows + " rows")
                    + (values.isEmpty() ? "" : " (" + Brief.phrase(values) + ")");
            Change change = new Change(present, owner, words, OPEN);
            present.changes.add(change);
            open.computeIfAbsent(transaction, any -> new ArrayList<>(2)).add(change);
        });
    }

    /** What one row has changed and another one ends is told with both. */
    void concludes(int transaction, boolean committed) {
        news.add(() -> {
            String state = committed ? COMMITTED : UNDONE;
            List<Change> changes = open.remove(transaction);
            for (Change change : changes == null ? List.<Change>of() : changes) {
                if (change.entry == present) {
                    change.state = state;
                } else {
                    present.changes.add(new Change(present, change.owner, change.what, state));
                }
            }
        });
    }

    void commits(String group, String partition, long offset) {
        committing.add(group);
        news.add(() -> offsets.put(new Place(group, partition), offset));
    }

    /** Enters what has happened with a row. */
    void enter(@Nullable Row row) {
        if (row == null) {
            return;
        }
        present = entries.computeIfAbsent(row, any -> new Entry());
        news.forEach(Runnable::run);
        news.clear();
        Map<Place, Offset> now = new LinkedHashMap<>();
        offsets.forEach((place, offset) ->
                now.put(place, new Offset(offset, Math.max(offset, ends.getOrDefault(place.partition(), 0L)))));
        present.offsets = now;
    }

    /** Returns what was changed with a row. */
    List<Change> changes(Row row) {
        Entry entry = entries.get(row);
        return entry == null ? List.of() : entry.changes;
    }

    /** Says how far the groups had committed after a row, those that ever do. */
    List<String> offsets(Row row) {
        Entry entry = entries.get(row);
        Map<Place, Offset> then = entry == null ? null : entry.offsets;
        if (then == null) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        then.forEach((place, offset) -> {
            if (committing.contains(place.group())) {
                words.add(place.group() + " has committed " + offset.committed() + " of " + offset.end() + " of "
                        + place.partition());
            }
        });
        return words;
    }

    private static String partition(StoredMessage message) {
        return message.label().channel() + "-" + message.partition();
    }
}
