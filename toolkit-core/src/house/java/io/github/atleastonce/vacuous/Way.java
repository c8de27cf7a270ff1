package io.github.atleastonce.vacuous;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One way to pass without testing, and what its author is to be told.
 *
 * @param id where it stands in the table
 * @param room where it happens
 * @param does what the test does, in words
 * @param fixture the class of its fixture
 * @param method the name of its method, or null for the whole class
 * @param parameters configuration parameters that the fixture is run with
 * @param told what the author is told, in words
 * @param holds whether a run of the fixture tells so
 * @param green whether nothing fails as long as it is not told
 * @param state whether it is caught
 */
public record Way(
        String id,
        Room room,
        String does,
        Class<?> fixture,
        @Nullable String method,
        Map<String, String> parameters,
        String told,
        Predicate<Seen> holds,
        boolean green,
        State state) {

    /** Where a way to pass is open. */
    public enum Room {
        /** On the in-memory transport. */
        IN_MEMORY("in memory"),
        /** In what an instrumented data source does. */
        JDBC("JDBC"),
        /** In an application that Spring has started. */
        SPRING("Spring"),
        /** Between a service and a third party. */
        HTTP("HTTP"),
        /** On a broker. */
        KAFKA("Kafka");

        private final String title;

        Room(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Whether a way to pass is caught. */
    public enum State {
        /** The author is told. */
        CAUGHT,
        /** The author is not told yet; whoever mends this makes it CAUGHT. */
        OPEN,
        /** No tool can see it. */
        INVISIBLE
    }

    /** What is said so far about a way. */
    public record Draft(
            String id,
            Room room,
            String does,
            Class<?> fixture,
            @Nullable String method,
            Map<String, String> parameters) {

        /**
         * Runs the fixture with a configuration parameter.
         *
         * @param name the parameter
         * @param value its value
         * @return the draft with it
         */
        public Draft with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(parameters);
            more.put(name, value);
            return new Draft(id, room, does, fixture, method, more);
        }

        /**
         * Expects a failure that says so.
         *
         * @param text a part of its message
         * @return the way, not caught yet
         */
        public Way fails(String text) {
            return way("fails: “" + text + "”", seen -> seen.fails(text), true, State.OPEN);
        }

        /**
         * Expects that it is said somewhere, whatever the result.
         *
         * @param text a part of what is said
         * @return the way, not caught yet
         */
        public Way says(String text) {
            return way("the claim says: “" + text + "”", seen -> seen.says(text), true, State.OPEN);
        }

        /**
         * Expects something else.
         *
         * @param what in words
         * @param holds whether a run tells so
         * @return the way, not caught yet
         */
        public Way shows(String what, Predicate<Seen> holds) {
            return way(what, holds, false, State.OPEN);
        }

        /**
         * Expects a pass, since nobody can know better.
         *
         * @param why why not
         * @return the way
         */
        public Way invisible(String why) {
            return way("nothing: " + why, Seen::passes, true, State.INVISIBLE);
        }

        private Way way(String told, Predicate<Seen> holds, boolean green, State state) {
            return new Way(id, room, does, fixture, method, parameters, told, holds, green, state);
        }
    }

    /**
     * Begins to say what a fixture does.
     *
     * @param id where it stands in the table
     * @param room where it happens
     * @param does what the test does, in words
     * @param fixture its class
     * @param method the name of its method, or null for the whole class
     * @return the draft
     */
    public static Draft way(String id, Room room, String does, Class<?> fixture, @Nullable String method) {
        return new Draft(id, room, does, fixture, method, Map.of());
    }

    /**
     * Says that it is caught already.
     *
     * @return the way, caught
     */
    public Way today() {
        return new Way(id, room, does, fixture, method, parameters, told, holds, green, State.CAUGHT);
    }

    /** Runs the fixture, and fails if the table is wrong about it, in either direction. */
    public void check() {
        check(runTogether(List.of(this)).get(0));
    }

    /**
     * Runs fixtures of different classes in one launch, for what is expensive to start.
     *
     * @param ways whose fixtures; without parameters of their own
     * @return what each has shown, in order
     */
    public static List<Seen> runTogether(List<Way> ways) {
        return Launched.run(ways);
    }

    /**
     * Fails if the table is wrong about this way, in either direction.
     *
     * @param seen what its fixture has shown
     */
    public void check(Seen seen) {
        boolean now = holds.test(seen);
        if (state == State.OPEN && now) {
            throw new AssertionError(id + " is caught now, so let its entry end with .today(). " + does + ": " + seen);
        }
        if (state == State.OPEN && green && !seen.failed().isEmpty()) {
            throw new AssertionError(
                    id + " fails with other words than the table has, " + told + ". " + does + ": " + seen);
        }
        if (state != State.OPEN && !now) {
            throw new AssertionError(id + " is not told as the table has it, " + told + ". " + does + ": " + seen);
        }
    }
}
