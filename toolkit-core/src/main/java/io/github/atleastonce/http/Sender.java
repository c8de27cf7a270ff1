package io.github.atleastonce.http;

import java.time.Instant;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Signs webhooks as one sender does: an extension point, for senders that are not among these. Each delivery is signed anew, the
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
     * Signs as Standard Webhooks 1.0.0 says, and as Svix does: {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}.
     *
     * @param secret the secret, {@code whsec_} and then base64
     * @return the sender
     * @throws IllegalArgumentException if the secret is no base64
     */
    static Sender standard(String secret) {
        Signature signature = Signature.standard(secret);
        return (id, time, body) -> {
            String timestamp = String.valueOf(time.getEpochSecond());
            return Map.of(
                    "webhook-id", id,
                    "webhook-timestamp", timestamp,
                    "webhook-signature", "v1," + signature.base64(id + "." + timestamp + "." + body));
        };
    }

    /**
     * Signs as Stripe does: {@code Stripe-Signature}. The id is that in the body, if a receiver looks for it.
     *
     * @param secret the secret of the endpoint, as Stripe shows it
     * @return the sender
     */
    static Sender stripe(String secret) {
        Signature signature = Signature.of(secret);
        return (id, time, body) -> {
            long timestamp = time.getEpochSecond();
            return Map.of("Stripe-Signature", "t=" + timestamp + ",v1=" + signature.hex(timestamp + "." + body));
        };
    }

    /**
     * Signs as GitHub does: {@code X-Hub-Signature-256}, with {@code X-GitHub-Delivery} and {@code X-GitHub-Event}. GitHub delivers again only when
     * somebody tells it to, which is what a second delivery stands for here; it knows no time, so that nothing is ever STALE.
     *
     * @param secret the secret of the hook
     * @param event the kind of event, for example {@code push}
     * @return the sender
     */
    static Sender github(String secret, String event) {
        Signature signature = Signature.of(secret);
        return (id, time, body) -> Map.of(
                "X-GitHub-Event", event,
                "X-GitHub-Delivery", id,
                "X-Hub-Signature-256", "sha256=" + signature.hex(body));
    }
}
