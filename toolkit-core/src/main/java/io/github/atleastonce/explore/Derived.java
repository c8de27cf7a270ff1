package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.Explorer;
import io.github.atleastonce.schedule.Plan;
import io.github.atleastonce.schedule.Trace;
import io.github.atleastonce.state.Snapshot.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that was derived from one that was run: what its run would be.
 *
 * @param plan its faults
 * @param met all points that it would come to
 * @param seen what the body would have seen at the end
 */
record Derived(Plan plan, int[] met, Digest seen) {

    /**
     * Makes one of the schedules that were derived out of a branch.
     *
     * @param out the branch, which has rejoined another one
     * @param more how many faults more the schedule has
     * @param number which of them, from 0
     */
    static Derived of(Explorer explorer, Points points, Branch out, int more, long number) {
        return new Search(explorer, points, out).find(more, number);
    }

    /** Says how a run differs from what it should have been, in words; null if it does not. */
    @Nullable
    String difference(Points points, Trace trace, boolean whole, Digest present) {
        int[] came = points.of(trace, 0);
        int length = whole ? met.length : Math.min(met.length, came.length);
        for (int i = 0; i < length; i++) {
            if (i >= came.length) {
                return "it ended before " + points.name(met[i]);
            }
            if (came[i] != met[i]) {
                return "it came to " + points.name(came[i]) + " where " + points.name(met[i])
                        + " was expected, or to other faults there";
            }
        }
        if (whole && came.length > met.length) {
            return "it came to " + points.name(came[met.length]) + ", which was not expected";
        }
        return seen.equals(present) ? null : "it left another state";
    }

    /** Follows the faults one by one: each is found on the branch that goes on alike. */
    private static final class Search {

        private final Explorer explorer;
        private final Points points;
        private Plan plan;
        private int[] met;
        private Branch branch;
        private int position;
        private int shift;

        Search(Explorer explorer, Points points, Branch out) {
            this.explorer = explorer;
            this.points = points;
            this.plan = out.plan();
            this.met = out.all();
            this.branch = out;
            this.position = out.end();
        }

        Derived find(int more, long number) {
            long left = number;
            for (int faults = more; faults > 0; faults--) {
                left = step(faults, left);
            }
            return new Derived(plan, met, branch.seen());
        }

        /** Finds the next fault, and returns the number of the schedule among those that have it. */
        private long step(int faults, long number) {
            long left = number;
            while (true) {
                for (Branch child : branch.children()) {
                    if (child.plan().position() < position) {
                        continue;
                    }
                    long all = child.all(faults - 1);
                    if (left < all) {
                        enter(child);
                        return left;
                    }
                    left -= all;
                }
                rejoin();
            }
        }

        private void rejoin() {
            Branch next = branch.rejoined();
            if (next == null) {
                throw new IllegalStateException("There are not so many schedules.");
            }
            shift += branch.end() - branch.rejoinedAt();
            position = branch.rejoinedAt();
            branch = next;
        }

        private void enter(Branch child) {
            int at = child.plan().position() + shift;
            plan = explorer.extended(plan, points.trace(met), at, child.plan().choice());
            met = Branch.joined(met, at + 1, child.from(child.first()));
            branch = child;
            position = child.first();
        }
    }
}
