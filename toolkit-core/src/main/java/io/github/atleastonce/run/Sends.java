package io.github.atleastonce.run;

import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The sends of the services in a run: at once, or handed over now and durable later. */
final class Sends {

    private final Run run;
    private final List<PendingSend> pending = new ArrayList<>(0);

    Sends(Run run) {
        this.run = run;
    }

    void send(Life life, String channel, @Nullable String key, Object payload) {
        Fault fault = fault(channel).orElse(null);
        if (fault != Fault.SEND_FAILED) {
            run.ports().send(life, channel, key, payload);
        }
        if (fault != null) {
            throw new SendFailedException(channel);
        }
        life.step("send " + channel);
    }

    CompletableFuture<@Nullable Void> sendLater(Life life, String channel, @Nullable String key, Object payload) {
        PendingSend send = new PendingSend(this, () -> send(life, channel, key, payload), life, run.cause());
        pending.add(send);
        life.step("hand over " + channel);
        return send;
    }

    /** Makes durable what was handed over, in order, and tells the futures. What a dead life handed over is gone. */
    void flush() {
        while (!pending.isEmpty()) {
            PendingSend next = pending.remove(0);
            if (!next.life().isDead()) {
                next.perform(run);
            }
        }
    }

    Optional<Fault> fault(String channel) {
        boolean failed = run.offersAtWork(Fault.SEND_FAILED);
        boolean uncertain = run.offersAtWork(Fault.SEND_UNCERTAIN);
        if (!failed && !uncertain) {
            return Optional.empty();
        }
        List<Fault> faults = new ArrayList<>(2);
        if (failed) {
            faults.add(Fault.SEND_FAILED);
        }
        if (uncertain) {
            faults.add(Fault.SEND_UNCERTAIN);
        }
        SendPoint point = new SendPoint(run.cause(), channel, faults);
        int choice = run.choose(point);
        return choice == 0 ? Optional.empty() : Optional.of(point.fault(choice));
    }
}
