package io.github.atleastonce.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Signs webhooks as one sender does, and tries again as it does: an extension point, for senders that are not among these. Each delivery is signed anew, the
 * repeated ones too. Must be stateless.
 */
@API(status = API.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Sender {

    /**
     * Makes the headers of a delivery.
     *
     * @param id the id of the event, the same for each delivery of it
     * @param time when the delivery is sent
     * @param body the body
     * @return the headers, the signature among them
     */
    Map<String, String> headers(String id, Instant time, String body);

    /**
     * Says how long this sender waits before it delivers by itself once more what was not answered 2xx. That time passes on the clock of the
     * scenario, at least {@code delay}; {@code maxAttempts} ends it, too.
     *
     * @param tries how often it was delivered in vain, from 1
     * @return how long, by default no longer than anybody else; empty if it does not try again by itself
     */
    default Optional<Duration> retryAfter(int tries) {
        return Optional.of(Duration.ZERO);
    }

    /**
     * Says whether this sender waits for as long as {@code Retry-After} asks, where that is longer than it would wait by itself.
     *
     * @return whether it does, by default not
     */
    default boolean heedsRetryAfter() {
        return false;
    }

    /**
     * Says whether this sender takes an answer to mean that its endpoint is gone, and delivers nothing there any more, until somebody enables it by hand
     * ({@link Webhook#redeliver()}).
     *
     * @param status the status of the answer, not 2xx
     * @return whether it does, by default not
     */
    default boolean isDisabledBy(int status) {
        return false;
    }

    /**
     * Signs as Standard Webhooks 1.0.0 says, and as Svix does: {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}. Tries again
     * after 5 seconds, 5 minutes, half an hour, 2, 5, 10 and 10 hours, later if {@code Retry-After} asks for it; {@code 410 Gone} disables the endpoint.
     *
     * @param secret the secret, {@code whsec_} and then base64
     * @return the sender
     * @throws IllegalArgumentException if the secret is no base64
     */
    static Sender standard(String secret) {
        Signature signature = Signature.standard(secret);
        Sender signing = (id, time, body) -> {
            String timestamp = String.valueOf(time.getEpochSecond());
            return Map.of(
                    "webhook-id", id,
                    "webhook-timestamp", timestamp,
                    "webhook-signature", "v1," + signature.base64(id + "." + timestamp + "." + body));
        };
        return new Calendar(signing, Calendar.STANDARD, true);
    }

    /**
     * Signs as Stripe does: {@code Stripe-Signature}. The id is that in the body, if a receiver looks for it. Tries again for three days, further
     * and further apart.
     *
     * @param secret the secret of the endpoint, as Stripe shows it
     * @return the sender
     */
    static Sender stripe(String secret) {
        Signature signature = Signature.of(secret);
        Sender signing = (id, time, body) -> {
            long timestamp = time.getEpochSecond();
            return Map.of("Stripe-Signature", "t=" + timestamp + ",v1=" + signature.hex(timestamp + "." + body));
        };
        return new Calendar(signing, Calendar.STRIPE, false);
    }

    /**
     * Signs as GitHub does: {@code X-Hub-Signature-256}, with {@code X-GitHub-Delivery} and {@code X-GitHub-Event}. GitHub never tries again by
     * itself: what a fault has kept from a 2xx comes once more only by {@link Webhook#redeliver()}. REDELIVERY and DUPLICATE stand for somebody who
     * tells it to deliver again what was taken. It knows no time, so that nothing is ever STALE.
     *
     * @param secret the secret of the hook
     * @param event the kind of event, for example {@code push}
     * @return the sender
     */
    static Sender github(String secret, String event) {
        Signature signature = Signature.of(secret);
        Sender signing = (id, time, body) -> Map.of(
                "X-GitHub-Event", event,
                "X-GitHub-Delivery", id,
                "X-Hub-Signature-256", "sha256=" + signature.hex(body));
        return new Calendar(signing, List.of(), false);
    }
}
