package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.Plan;
import io.github.atleastonce.state.Snapshot.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that was run, in the tree of all schedules. What it came to after its last fault is its own up to the point where it rejoined another run, since it
 * was in the same state there; what follows is as it is in that one. So each schedule of the tree either was run, or has one that was run and that ends alike.
 */
final class Branch {

    private final Points points;
    private final @Nullable Branch parent;
    private final Plan plan;
    /** What it came to behind its last fault, to its end. */
    private final int[] met;

    private final int first;
    private final Digest seen;
    private final List<Branch> children = new ArrayList<>();
    private final Map<Integer, Long> counts = new HashMap<>();
    private int end;
    private @Nullable Branch rejoined;
    private int rejoinedAt;

    Branch(Points points, @Nullable Branch parent, Plan plan, int[] met, Digest seen) {
        this.points = points;
        this.parent = parent;
        this.plan = plan;
        this.met = met;
        this.first = first(plan);
        this.seen = seen;
        this.end = first + met.length;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    /** Says at which point more faults may begin. */
    static int first(Plan plan) {
        return plan.faults() == 0 ? 0 : plan.position() + 1;
    }

    /** Takes note that from one of its points on it goes on as another branch does. */
    void rejoins(int at, Branch other, int otherAt) {
        end = at;
        rejoined = other;
        rejoinedAt = otherAt;
    }

    int faults() {
        return plan.faults();
    }

    Plan plan() {
        return plan;
    }

    int end() {
        return end;
    }

    @Nullable
    Branch rejoined() {
        return rejoined;
    }

    int rejoinedAt() {
        return rejoinedAt;
    }

    int first() {
        return first;
    }

    int point(int position) {
        return met[position - first];
    }

    /** Tells what the body had seen at the end. */
    Digest seen() {
        return seen;
    }

    List<Branch> children() {
        return children;
    }

    /** Returns all that it came to from one of its points on. */
    int[] from(int position) {
        return Arrays.copyOfRange(met, position - first, met.length);
    }

    /** Returns all that it came to from its beginning. */
    int[] all() {
        if (parent == null) {
            return met.clone();
        }
        int[] before = parent.all();
        return joined(before, first, met);
    }

    /** Puts the first points of one run before those of another. */
    static int[] joined(int[] before, int length, int[] after) {
        int[] all = Arrays.copyOf(before, length + after.length);
        System.arraycopy(after, 0, all, length, after.length);
        return all;
    }

    /** Counts the schedules that were derived, out of this branch, with some more faults than it has. */
    long derived(int more) {
        return rejoined == null ? 0 : rejoined.count(rejoinedAt, more);
    }

    /** Counts the schedules with some more faults than this branch has, the first of them at one of its own points or later. */
    private long count(int position, int more) {
        long count = derived(more);
        if (more == 1) {
            for (int i = position; i < end; i++) {
                count += points.options(point(i));
            }
            return count;
        }
        for (Branch child : children) {
            if (child.plan.position() >= position) {
                count = Math.addExact(count, child.all(more - 1));
            }
        }
        return count;
    }

    /** Counts all schedules with some more faults than this branch has. To be asked once all with one fault less are known. */
    long all(int more) {
        if (more == 0) {
            return 1;
        }
        Long known = counts.get(more);
        if (known == null) {
            known = count(first, more);
            counts.put(more, known);
        }
        return known;
    }
}
