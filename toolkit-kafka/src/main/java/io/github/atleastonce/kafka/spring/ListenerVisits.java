package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Cause;
import io.github.atleastonce.run.Guests;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.spring.ContextLives;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The visits of one container's threads to the present run, each with the record that it handles. */
final class ListenerVisits {

    private final ListenerHost host;
    private final ContextLives lives;
    private final ThreadLocal<@Nullable Delivery> deliveries = new ThreadLocal<>();

    private record Delivery(Guests.Visit visit, StoredMessage message) {

        Run run() {
            return visit.life().run();
        }
    }

    ListenerVisits(ListenerHost host, ContextLives lives) {
        this.host = host;
        this.lives = lives;
    }

    /** Waits until the run lets the record be handled; outside of runs it is handled at once. */
    void arrive(ConsumerRecord<?, ?> bytes) {
        Optional<Run> run = lives.run();
        if (run.isEmpty()) {
            return;
        }
        String place = bytes.topic() + "-" + bytes.partition();
        run.get().guests().enter(host, place).ifPresent(visit -> begin(visit, bytes));
    }

    private void begin(Guests.Visit visit, ConsumerRecord<?, ?> bytes) {
        Life life = visit.life();
        Run run = life.run();
        StoredMessage message = RunRecords.of(run).orElseThrow().stored(bytes);
        deliveries.set(new Delivery(visit, message));
        visit.begin(new Handling(host.name(), message));
        if (run.mayDieBefore(life)) {
            life.refuseIfDead();
        }
        run.history().add(new Event.Delivered(host.name(), life.number(), message));
    }

    /** The listener has returned. */
    void handled() {
        Delivery delivery = deliveries.get();
        if (delivery != null) {
            endIfDead(delivery);
            delivery.run().history().add(new Event.Handled(host.name(), delivery.message()));
        }
    }

    /** The listener has thrown. */
    void failed(Exception failure) {
        Delivery delivery = deliveries.get();
        if (delivery != null) {
            endIfDead(delivery);
            StoredMessage message = delivery.message();
            long before = delivery.run()
                    .history()
                    .of(Event.HandlerFailed.class)
                    .filter(event -> event.subscriber().equals(host.name())
                            && event.message().position().equals(message.position()))
                    .count();
            delivery.run().history().add(new Event.HandlerFailed(host.name(), message, (int) before + 1, failure));
        }
    }

    /** Whatever the listener made of the crash, it ends here. */
    private static void endIfDead(Delivery delivery) {
        delivery.visit().life().refuseIfDead();
    }

    /** The record is done with, or its thread is about to end. */
    void left() {
        Delivery delivery = deliveries.get();
        if (delivery != null) {
            deliveries.remove();
            delivery.visit().leave();
        }
    }

    private record Handling(String actor, StoredMessage message) implements Cause {

        @Override
        public String name() {
            return actor + "<" + message.label();
        }

        @Override
        public String title() {
            return message.message().title() + " to " + actor;
        }

        @Override
        public String start() {
            return "the handler";
        }
    }
}
