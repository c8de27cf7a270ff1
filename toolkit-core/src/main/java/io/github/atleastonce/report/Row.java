package io.github.atleastonce.report;

import java.util.ArrayList;
import java.util.List;

/** One line of what happened in a run. */
sealed interface Row {

    /** Something that a service did, with the steps that it took in it. */
    final class Act implements Row {

        private final String service;
        private final String position;
        private final String title;
        private final String target;
        private final List<String> steps = new ArrayList<>(2);
        private final List<String> marks = new ArrayList<>(1);

        private Act(String service, String position, String title, String target) {
            this.service = service;
            this.position = position;
            this.title = title;
            this.target = target;
        }

        /** A message on its way from a position in a log to a target. */
        static Act of(String service, String position, String title, String target) {
            return new Act(service, position, title, target);
        }

        /** Anything that a few words name. */
        static Act of(String service, String title) {
            return new Act(service, "", title, "");
        }

        void add(String step) {
            steps.add(step);
        }

        void mark(String mark) {
            marks.add(mark);
        }

        String service() {
            return service;
        }

        boolean isDelivery() {
            return !position.isEmpty();
        }

        String position() {
            return position;
        }

        String title() {
            return title;
        }

        String target() {
            return target;
        }

        /** Returns the steps one by one. */
        List<String> all() {
            return steps;
        }

        String steps() {
            return Brief.list(steps, "; ");
        }

        String marks() {
            return String.join(", ", marks);
        }
    }

    /**
     * Something that went wrong.
     *
     * @param what the fault and what it does
     */
    record Injury(String what) implements Row {}

    /** All was quiet; what follows is another part of the test's body. */
    record Rest() implements Row {}

    /**
     * Rows that were left out.
     *
     * @param rows how many
     */
    record Cut(int rows) implements Row {}
}
