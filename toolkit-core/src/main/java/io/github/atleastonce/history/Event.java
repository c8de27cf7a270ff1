package io.github.atleastonce.history;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run, as its {@link History} keeps it. Open for rooms: one in which something of a kind of its own happens
 * adds an event of its own, which says itself how it is told and by what it is compared. An immutable value; events are created by
 * the hundred thousand in each second, so they keep references and build strings only when asked.
 */
@API(status = API.Status.INTERNAL)
public interface Event {

    /**
     * Tells what happened, in one shape or a few.
     *
     * @param story takes the shapes
     */
    void tell(Narration story);

    /**
     * Says by what two runs of the same schedule are compared: what anybody outside would see of this.
     *
     * @return one line; empty if this may differ, or shows by other events
     */
    default Optional<String> effect() {
        return Optional.empty();
    }

    /**
     * Names the channel of which this shows that somebody handles its messages.
     *
     * @return the channel's name; empty if this shows nothing of the kind
     */
    default Optional<String> handledChannel() {
        return Optional.empty();
    }

    /**
     * A message was appended to a channel.
     *
     * @param by the service that sent it, or null for the test body
     * @param message what was appended, and where
     */
    record Sent(@Nullable String by, StoredMessage message) implements Event {

        @Override
        public void tell(Narration story) {
            story.sends(by, message);
        }

        @Override
        public Optional<String> effect() {
            return Optional.of((by == null ? "the test" : by) + " sent " + described(message));
        }
    }

    /**
     * A message was handed to a subscriber.
     *
     * @param subscriber the subscribing service
     * @param life the number of its life
     * @param message what was delivered
     */
    record Delivered(String subscriber, int life, StoredMessage message) implements Event {

        @Override
        public void tell(Narration story) {
            story.reaches(subscriber, message);
        }

        @Override
        public Optional<String> effect() {
            return Optional.of(described(message) + " reached " + subscriber);
        }
    }

    /**
     * A handler returned.
     *
     * @param subscriber the subscribing service
     * @param message what was handled
     */
    record Handled(String subscriber, StoredMessage message) implements Event {

        @Override
        public void tell(Narration story) {
            story.ends();
        }

        @Override
        public Optional<String> handledChannel() {
            return Optional.of(message.label().channel());
        }
    }

    /**
     * A handler threw.
     *
     * @param subscriber the subscribing service
     * @param message what it was given
     * @param attempt how many times it has thrown for this position
     * @param failure what it threw
     */
    record HandlerFailed(String subscriber, StoredMessage message, int attempt, Throwable failure) implements Event {

        @Override
        public void tell(Narration story) {
            story.fails(subscriber, message, failure);
        }

        @Override
        public Optional<String> effect() {
            return Optional.of(subscriber + " threw " + failure);
        }
    }

    /**
     * A message was put aside into the dead letter channel.
     *
     * @param subscriber the service that could not handle it
     * @param message what was put aside
     * @param into where it is now
     */
    record DeadLettered(String subscriber, StoredMessage message, StoredMessage into) implements Event {

        @Override
        public void tell(Narration story) {
            story.passes(message, into.position(), "put aside by " + subscriber, "DEAD LETTER");
        }

        @Override
        public Optional<String> handledChannel() {
            return Optional.of(message.label().channel());
        }
    }

    /**
     * A message was put on a broker, for consumers outside of the run's own dispatch.
     *
     * @param message what was published
     */
    record Published(StoredMessage message) implements Event {

        @Override
        public void tell(Narration story) {
            boolean copy = message.kind() == StoredMessage.Kind.COPY;
            story.passes(message, "broker", "", copy ? Fault.DUPLICATE.name() : "");
        }
    }

    /**
     * A consumer outside of the run's own dispatch was seen to have consumed.
     *
     * @param group the consumer group
     * @param channel the channel
     * @param records by how many records its position has moved
     */
    record Consumed(String group, String channel, long records) implements Event {

        @Override
        public void tell(Narration story) {
            story.consumes(group, channel, records);
        }

        @Override
        public Optional<String> effect() {
            return Optional.of(group + " consumed " + records + " of " + channel);
        }

        @Override
        public Optional<String> handledChannel() {
            return Optional.of(channel);
        }
    }

    /**
     * A consumer group has committed how far it has come in a partition; what lies before that does not come again by itself.
     *
     * @param group the consumer group
     * @param channel the channel
     * @param partition the number of the partition
     * @param offset the first offset that it has not
     */
    record Committed(String group, String channel, int partition, long offset) implements Event {

        @Override
        public void tell(Narration story) {
            story.commits(group, channel + "-" + partition, offset);
        }
    }

    /**
     * A service did an I/O step.
     *
     * @param service the service
     * @param step the step
     */
    record Stepped(String service, Step step) implements Event {

        @Override
        public void tell(Narration story) {
            story.does(service, step);
        }

        @Override
        public Optional<String> effect() {
            return Optional.of(service + " did " + step.name());
        }
    }

    /**
     * A fault was injected.
     *
     * @param point the place at which the schedule chose it
     * @param option what was chosen there
     */
    record Injected(ChoicePoint point, Option option) implements Event {

        /**
         * Returns which fault it is.
         *
         * @return the fault
         */
        public Fault fault() {
            return option.fault();
        }

        /**
         * Names the place at which it happened, as tokens do.
         *
         * @return the name of the point
         */
        public String place() {
            return point.name();
        }

        @Override
        public void tell(Narration story) {
            story.suffers(option.fault(), option.phrase());
        }
    }

    /**
     * A life of a service ended.
     *
     * @param service the service
     * @param life the number of the life, from 1
     * @param moment when it ended
     */
    record Crashed(String service, int life, Moment moment) implements Event {

        /**
         * Says where it ended.
         *
         * @return the place, in words, for example {@code after commit}
         */
        public String where() {
            return moment.where();
        }

        @Override
        public void tell(Narration story) {
            story.dies(service, moment);
        }
    }

    /**
     * A service was booted.
     *
     * @param service the service
     * @param life the number of the life, from 1
     */
    record Booted(String service, int life) implements Event {

        @Override
        public void tell(Narration story) {
            story.lives(service, life);
        }
    }

    /**
     * The clock moved.
     *
     * @param by how far
     */
    record Elapsed(Duration by) implements Event {

        @Override
        public void tell(Narration story) {
            story.waits(by);
        }
    }

    /**
     * All was quiet.
     *
     * @param number which {@code settle()} of the run, from 1
     */
    record Settled(int number) implements Event {

        @Override
        public void tell(Narration story) {
            story.rests();
        }
    }

    private static String described(StoredMessage message) {
        return message.label() + " " + message.message().type() + " "
                + message.message().payload();
    }
}
