package io.github.atleastonce.history;

import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What was seen in a run that limits what it shows: remarks, which the claim says, and a refusal, which decides. A refusal is thrown where
 * the test or a service does what shows nothing, and kept here, since services catch what they are thrown, and threads that nobody watches end
 * with it. The runs of an exploration share one of these, so that what comes late counts, too. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class Caveats {

    private final SortedSet<String> remarks = new TreeSet<>();
    private final SortedSet<String> expected = new TreeSet<>();
    private final SortedSet<String> required = new TreeSet<>();
    private final Set<String> came = new HashSet<>(2);
    private final Set<Class<?>> looking = new HashSet<>(1);
    private final Fallback fallback = new Fallback();
    private @Nullable RuntimeException refusal;

    /**
     * All that was seen, so that what several explorations of one test have seen can be put together.
     *
     * @param remarks what the claim is to say in any case
     * @param expected what it is to say unless it has come about
     * @param required what has to come about
     * @param came what has come about
     */
    public record Seen(Set<String> remarks, Set<String> expected, Set<String> required, Set<String> came) {

        /**
         * Copies the sets, each in the order of its words.
         *
         * @param remarks see above
         * @param expected see above
         * @param required see above
         * @param came see above
         */
        public Seen {
            remarks = sorted(remarks);
            expected = sorted(expected);
            required = sorted(required);
            came = sorted(came);
        }

        /**
         * Adds what another exploration has seen.
         *
         * @param other the other one's
         * @return both together
         */
        public Seen and(Seen other) {
            return new Seen(
                    both(remarks, other.remarks),
                    both(expected, other.expected),
                    both(required, other.required),
                    both(came, other.came));
        }

        /**
         * Returns what the claim is to say.
         *
         * @return the words, in their order
         */
        public SortedSet<String> said() {
            SortedSet<String> all = new TreeSet<>(expected);
            all.removeAll(came);
            all.addAll(remarks);
            return Collections.unmodifiableSortedSet(all);
        }

        /**
         * Returns what was required and has not come about.
         *
         * @return the words that say so, in their order
         */
        public SortedSet<String> missing() {
            SortedSet<String> missing = new TreeSet<>(required);
            missing.removeAll(came);
            return Collections.unmodifiableSortedSet(missing);
        }

        private static SortedSet<String> both(Set<String> some, Set<String> others) {
            SortedSet<String> all = new TreeSet<>(some);
            all.addAll(others);
            return all;
        }

        private static Set<String> sorted(Set<String> words) {
            return Collections.unmodifiableSortedSet(new TreeSet<>(words));
        }
    }

    /** Creates one in which nothing was seen. */
    public Caveats() {}

    /**
     * Keeps a refusal, if it is the first.
     *
     * @param sentence says what was done that shows nothing
     * @param <X> its type
     * @return the same, to be thrown
     */
    public synchronized <X extends RuntimeException> X refuse(X sentence) {
        if (refusal == null) {
            refusal = sentence;
        }
        return sentence;
    }

    /**
     * Returns the first refusal.
     *
     * @return what was thrown, or empty if nothing was refused
     */
    public synchronized Optional<RuntimeException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /**
     * Says whether nobody of that kind has looked before, for what costs too much to be looked for in each run.
     *
     * @param looker who looks
     * @return true for the first one
     */
    public synchronized boolean isFirst(Class<?> looker) {
        return looking.add(looker);
    }

    /**
     * Returns what can be left out.
     *
     * @return what rooms offer to leave out
     */
    public Fallback fallback() {
        return fallback;
    }

    /**
     * Adds something that the claim is to say.
     *
     * @param remark the words, the same whenever the same is seen
     */
    public synchronized void remark(String remark) {
        remarks.add(remark);
    }

    /**
     * Adds a remark for as long as something has not come about in any run.
     *
     * @param remark the words that say so
     */
    public synchronized void remarkUntil(String remark) {
        expected.add(remark);
    }

    /**
     * Demands that something comes about in some run; else nothing is claimed.
     *
     * @param remark the words that say that it has not
     */
    public synchronized void require(String remark) {
        required.add(remark);
    }

    /**
     * Takes note that something has come about.
     *
     * @param remark the words that said that it had not
     */
    public synchronized void came(String remark) {
        came.add(remark);
    }

    /**
     * Returns what was seen so far.
     *
     * @return a copy
     */
    public synchronized Seen seen() {
        return new Seen(remarks, expected, required, came);
    }
}
