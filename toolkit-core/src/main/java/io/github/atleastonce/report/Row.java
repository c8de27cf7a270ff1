package io.github.atleastonce.report;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.message.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One line of what happened in a run. */
sealed interface Row {

    /** Something that a service did, with the steps that it took in it. */
    final class Act implements Row {

        private final String service;
        private final @Nullable StoredMessage message;
        private final String title;
        private final String target;
        private final boolean attempted;
        private final List<Deed> deeds = new ArrayList<>(2);
        private final List<String> marks = new ArrayList<>(1);
        private final List<Act> rest = new ArrayList<>(0);
        private boolean goesOn;

        private Act(String service, @Nullable StoredMessage message, String title, String target, boolean attempted) {
            this.service = service;
            this.message = message;
            this.title = title;
            this.target = target;
            this.attempted = attempted;
        }

        /** A message on its way from a position in a log to a target. */
        static Act of(String service, StoredMessage message, String target, Wording wording) {
            return new Act(service, message, Brief.message(message, wording), target, false);
        }

        /** Anything that a few words name. */
        static Act of(String service, String title) {
            return new Act(service, null, title, "", false);
        }

        /** What the test lets a service try. */
        static Act attempt(String service, String title) {
            return new Act(service, null, title, "", true);
        }

        void add(Deed deed) {
            deeds.add(deed);
        }

        /** What goes on after a fault that did not end it. */
        Act afterwards() {
            Act next = of(service, "… " + service + " goes on");
            next.goesOn = true;
            rest.add(next);
            return next;
        }

        boolean goesOn() {
            return goesOn;
        }

        List<Act> rest() {
            return rest;
        }

        void mark(String mark) {
            marks.add(mark);
        }

        String service() {
            return service;
        }

        boolean isDelivery() {
            return message != null;
        }

        boolean isAttempt() {
            return attempted;
        }

        String position() {
            return message == null ? "" : message.position();
        }

        String channel() {
            return message == null ? "" : message.label().channel();
        }

        String title() {
            return title;
        }

        String target() {
            return target;
        }

        /** Returns the steps one by one. */
        List<Deed> deeds() {
            return deeds;
        }

        String steps() {
            return Brief.list(deeds.stream().map(Deed::words).toList(), "; ");
        }

        String marks() {
            return String.join(", ", marks);
        }
    }

    /**
     * A step within an act, or something to be said of it.
     *
     * @param words what was done
     * @param at what it reached, or null if that is nothing outside of the service
     * @param title what is written on an arrow to that
     * @param detail what is written behind it; may be empty
     */
    record Deed(String words, Step.@Nullable Counterpart at, String title, String detail) {

        static Deed of(String words) {
            return new Deed(words, null, words, "");
        }

        static Deed of(Step step, Wording wording) {
            String remark = step.remark().isEmpty() ? "" : " " + step.remark();
            String words = Brief.step(wording.of(step.name())) + remark;
            Step.Counterpart at = step.counterpart();
            if (at == null) {
                return of(words);
            }
            String rest = step.name().startsWith(at.name())
                    ? step.name().substring(at.name().length())
                    : step.name();
            if (rest.endsWith(" " + at.name())) {
                rest = rest.substring(0, rest.length() - at.name().length());
            }
            return new Deed(words, at, Brief.step(rest.strip()) + remark, "");
        }

        static Deed send(StoredMessage message, Wording wording) {
            String position = Brief.name(wording.of(message.position()));
            String title = Brief.message(message, wording);
            return new Deed(
                    "send " + position + " " + title,
                    new Step.Counterpart(
                            Step.Counterpart.Kind.CHANNEL, message.label().channel()),
                    title,
                    position);
        }
    }

    /** What the test sent, one after the other. Not told in a text, in which its deliveries follow. */
    final class Given implements Row {

        private final List<Deed> sends = new ArrayList<>(4);

        List<Deed> sends() {
            return sends;
        }

        /** Returns a row for each send. */
        Stream<Given> oneByOne() {
            return sends.stream().map(send -> new Given().plus(List.of(send)));
        }

        Given and(Given next) {
            return new Given().plus(sends).plus(next.sends);
        }

        private Given plus(List<Deed> more) {
            sends.addAll(more);
            return this;
        }
    }

    /**
     * How much a consumer group was seen to have consumed.
     *
     * @param group the group
     * @param channel the channel
     * @param records how many records more, or in the whole run
     * @param all whether it is in the whole run
     */
    record Consumed(String group, String channel, long records, boolean all) implements Row {

        static Consumed more(String group, String channel, long records) {
            return new Consumed(group, channel, records, false);
        }

        /** The same group and channel, to add up what belongs together. */
        Consumed none() {
            return more(group, channel, 0);
        }

        Consumed inAll(long sum) {
            return new Consumed(group, channel, sum, true);
        }

        String words() {
            return group + " consumed " + (records == 1 ? "1 record" : records + " records") + " of " + channel
                    + (all ? " in all" : "");
        }
    }

    /**
     * Something that went wrong.
     *
     * @param what the fault and what it does
     * @param dead the service that died of it, or null
     */
    record Injury(String what, @Nullable String dead) implements Row {}

    /** All was quiet; what follows is another part of the test's body. */
    record Rest() implements Row {}
}
