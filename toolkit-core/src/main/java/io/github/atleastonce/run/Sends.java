package io.github.atleastonce.run;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.place.SendPoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.task.FlushingFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The sends of the services in a run: at once, or handed over now and durable later. */
@API(status = API.Status.INTERNAL)
public final class Sends {

    private static final List<Fault> ERRORS = List.of(Fault.SEND_FAILED, Fault.SEND_UNCERTAIN);

    private final CurrentWork current;
    private final Faults faults;
    private final Steps steps;
    private final Activities activities;
    private final List<PendingSend> pending = new ArrayList<>(0);

    Sends(CurrentWork current, Faults faults, Steps steps, Activities activities) {
        this.current = current;
        this.faults = faults;
        this.steps = steps;
        this.activities = activities;
    }

    /**
     * Offers that a send reports an error; for rooms that send in a way of their own. Whoever asks does what it says: what
     * SEND_FAILED has hit is never written, what SEND_UNCERTAIN has hit is.
     *
     * @param channel the channel's name
     * @return the fault that happens, or empty if the send goes well
     */
    public Optional<Fault> fault(String channel) {
        List<Fault> possible = ERRORS.stream().filter(faults::offersAtWork).toList();
        return possible.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(faults.choose(new SendPoint(current.cause(), channel, possible)));
    }

    void send(Lifetime life, String channel, @Nullable String key, @Nullable Object payload) {
        current.refuseElsewhere(life, () -> new Step.Send(channel).name());
        life.refuseIfDead();
        Fault fault = fault(channel).orElse(null);
        if (fault != Fault.SEND_FAILED) {
            activities.carrierOf(channel).send(life, channel, key, payload);
        }
        if (fault != null) {
            throw new SendFailedException(channel);
        }
        steps.done(life, new Step.Send(channel));
    }

    CompletableFuture<@Nullable Void> sendLater(
            Lifetime life, String channel, @Nullable String key, @Nullable Object payload) {
        current.refuseElsewhere(life, () -> new Step.HandOver(channel).name());
        life.refuseIfDead();
        FlushingFuture<@Nullable Void> durable = new FlushingFuture<>(this::flush);
        pending.add(new PendingSend(durable, () -> send(life, channel, key, payload), life, current.cause()));
        steps.done(life, new Step.HandOver(channel));
        return durable;
    }

    /** Makes durable what was handed over, in order, and tells the futures. What a dead life handed over is gone. */
    void flush() {
        while (!pending.isEmpty()) {
            PendingSend next = pending.remove(0);
            if (!next.life().isDead()) {
                next.perform(current);
            }
        }
    }
}
