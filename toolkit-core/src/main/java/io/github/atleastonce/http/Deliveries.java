package io.github.atleastonce.http;

import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How one sender of webhooks delivers: signed, and sometimes forged. The server's thread stands in for that of the run, which waits. */
final class Deliveries {

    private static final int POLL_MILLIS = 5;
    private static final Duration LONG_AGO = Duration.ofDays(1);

    private final Run run;
    private final Webhooks transport;
    private final String name;
    private final Tries tries;
    private Sender sender = (id, time, body) -> Map.of();
    private InstantSource clock = InstantSource.system();
    private @Nullable String accepted;

    Deliveries(Run run, Webhooks transport, String name) {
        this.run = run;
        this.transport = transport;
        this.name = name;
        this.tries = new Tries(run, name);
        run.claims().add(this::requireNothingForged);
    }

    String sender() {
        return name;
    }

    void signedBy(Sender wanted) {
        sender = wanted;
    }

    void timedBy(InstantSource wanted) {
        clock = wanted;
    }

    /** Delivers within the work of a life. */
    void deliver(Lifetime life, Webhook.Receiver receiver, Message event) throws Exception {
        if (tries.isGivenUpByDeath(event, life, sender) || tries.isDisabled(event, life)) {
            return;
        }
        tries.begin(event, life);
        Instant now = clock.instant();
        String body = (String) event.payload();
        Message real = signed(event, now, body);
        Message forged = signed(event, now, body + " ");
        Message stale = signed(event, now.minus(LONG_AGO), body);
        Fault fault = fault(!forged.equals(real), !stale.equals(real));
        if (fault != null) {
            Reply reply = answerTo(life, receiver, fault == Fault.FORGED ? forged : stale);
            life.refuseIfDead();
            if (reply.isTaken()) {
                accepted = "A " + fault + " delivery of " + event.key() + " from '" + name + "' was answered "
                        + reply.status() + ", as if it were to be believed.";
            }
        }
        deliverReal(life, receiver, event, real);
    }

    private void deliverReal(Lifetime life, Webhook.Receiver receiver, Message event, Message real) throws Exception {
        Reply reply;
        try {
            reply = answerTo(life, receiver, real);
        } catch (Exception none) {
            life.refuseIfDead();
            if (tries.isGivenUp(event, life, "no answer", sender, Duration.ZERO)) {
                return;
            }
            throw tries.inVain(event, none);
        }
        life.refuseIfDead();
        if (reply.isTaken()) {
            tries.taken(event);
        } else if (sender.isDisabledBy(reply.status())) {
            tries.disable(event, life, reply.status());
        } else {
            Duration asked = sender.heedsRetryAfter() ? reply.wait(clock.instant()) : Duration.ZERO;
            if (!tries.isGivenUp(event, life, "answered " + reply.status(), sender, asked)) {
                throw tries.inVain(
                        event,
                        new IOException(
                                "'" + life.service() + "' answered " + reply.status() + " to " + event.key() + "."));
            }
        }
    }

    Tries tries() {
        return tries;
    }

    private Message signed(Message event, Instant time, String signedBody) {
        Map<String, String> headers = new LinkedHashMap<>(event.headers().asMap());
        headers.putAll(sender.headers(event.id(), time, signedBody));
        return new Message(event.id(), event.key(), event.type(), Headers.of(headers), event.payload());
    }

    private @Nullable Fault fault(boolean canBeForged, boolean canBeStale) {
        List<Fault> possible = new ArrayList<>(2);
        if (canBeForged && run.faults().offersAtWork(Fault.FORGED)) {
            possible.add(Fault.FORGED);
        }
        if (canBeStale && run.faults().offersAtWork(Fault.STALE)) {
            possible.add(Fault.STALE);
        }
        return possible.isEmpty()
                ? null
                : run.faults().choose(new WebhookPoint(run.current().cause(), possible));
    }

    private Reply answerTo(Lifetime life, Webhook.Receiver receiver, Message delivery) throws Exception {
        if (!(receiver instanceof Endpoint endpoint)) {
            return new Reply(receiver.receive(delivery), Optional.empty());
        }
        return run.current().tasks().standIns().letStandIn(() -> await(life, endpoint.post(delivery)));
    }

    /** A server whose life has died need not answer. */
    private Reply await(Lifetime life, CompletableFuture<HttpResponse<Void>> answer) throws Exception {
        long deadline = System.nanoTime() + run.bounds().settleTimeout().toNanos();
        while (System.nanoTime() < deadline) {
            try {
                Reply reply = Reply.of(answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS));
                if (!life.isDead()) {
                    return reply;
                }
            } catch (TimeoutException notYet) {
                // Perhaps since the life has died.
            } catch (ExecutionException none) {
                if (!life.isDead()) {
                    throw new IOException("'" + life.service() + "' gave no answer.", none.getCause());
                }
                LockSupport.parkNanos(1_000_000);
            }
            if (life.isDead() && transport.isBuried(life)) {
                life.refuseIfDead();
            }
        }
        answer.cancel(true);
        throw new IOException("'" + life.service() + "' gave no answer within settleTimeout = "
                + run.bounds().settleTimeout() + ".");
    }

    private void requireNothingForged() {
        if (accepted != null) {
            throw new AssertionError(accepted);
        }
    }
}
