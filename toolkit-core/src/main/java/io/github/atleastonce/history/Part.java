package io.github.atleastonce.history;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Something that a service has for an occasion, such as a subscription or a timer. One for which no occasion comes in any run of an exploration was not tested, and
 * the claim says so. Open for rooms. Immutable values.
 */
@API(status = API.Status.INTERNAL)
public interface Part {

    /**
     * Returns whose it is.
     *
     * @return the name of the service
     */
    String service();

    /**
     * Says whether its occasion came in a run.
     *
     * @param events what happened, in order
     * @return whether it did something
     */
    boolean moved(List<Event> events);

    /**
     * Says that its occasion never came.
     *
     * @return the end of a claim
     */
    String idle();

    /**
     * A subscription.
     *
     * @param service the service
     * @param channel what it reads
     */
    record Subscription(String service, String channel) implements Part {

        @Override
        public boolean moved(List<Event> events) {
            return events.stream()
                    .anyMatch(event -> event instanceof Event.Delivered delivered
                            && delivered.subscriber().equals(service)
                            && delivered.message().label().channel().equals(channel));
        }

        @Override
        public String idle() {
            return "nothing reached " + service + "<" + channel;
        }
    }

    /**
     * Something that looks for work again and again.
     *
     * @param service the service
     * @param name the poller's name
     */
    record Poller(String service, String name) implements Part {

        @Override
        public boolean moved(List<Event> events) {
            return events.stream()
                    .anyMatch(event -> event instanceof WorkEvent.Polled polled
                            && polled.found()
                            && polled.service().equals(service)
                            && polled.poller().equals(name));
        }

        @Override
        public String idle() {
            return "the poller '" + name + "' of '" + service + "' found nothing";
        }
    }

    /**
     * All timers of a service.
     *
     * @param service the service
     */
    record Timer(String service) implements Part {

        @Override
        public boolean moved(List<Event> events) {
            return events.stream()
                    .anyMatch(event -> event instanceof WorkEvent.TimerFired fired
                            && fired.service().equals(service));
        }

        @Override
        public String idle() {
            return "no timer of '" + service + "' fired";
        }
    }

    /**
     * The next release of a service.
     *
     * @param service the service
     * @param life the first life that is of it
     */
    record Release(String service, int life) implements Part {

        @Override
        public boolean moved(List<Event> events) {
            return events.stream()
                    .anyMatch(event -> event instanceof Event.Booted booted
                            && booted.service().equals(service)
                            && booted.life() >= life);
        }

        @Override
        public String idle() {
            return "the next release of '" + service + "' never started";
        }
    }

    /**
     * The service itself.
     *
     * @param service the service
     */
    record Whole(String service) implements Part {

        /** What it does when it starts it does in each test. */
        @Override
        public boolean moved(List<Event> events) {
            boolean moved = false;
            for (Event event : events) {
                if (event instanceof Event.Booted booted && booted.service().equals(service)) {
                    moved = false;
                } else if (isOccasion(event)) {
                    return true;
                } else if (event instanceof Event.Stepped stepped
                        && stepped.service().equals(service)) {
                    moved = true;
                }
            }
            return moved;
        }

        private boolean isOccasion(Event event) {
            return event instanceof Event.Delivered delivered
                            && delivered.subscriber().equals(service)
                    || event instanceof WorkEvent.Attempting attempting
                            && attempting.service().equals(service)
                    || event instanceof WorkEvent.Polled polled
                            && polled.found()
                            && polled.service().equals(service)
                    || event instanceof WorkEvent.TimerFired fired
                            && fired.service().equals(service);
        }

        @Override
        public String idle() {
            return "'" + service + "' did nothing";
        }
    }
}
