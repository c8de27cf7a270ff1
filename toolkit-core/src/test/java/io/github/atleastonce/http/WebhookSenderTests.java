package io.github.atleastonce.http;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.FORGED;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.stripe.exception.SignatureVerificationException;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.schedule.Bounds;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is signed here is believed by the senders' own libraries, and what is forged or stale is not. */
class WebhookSenderTests {

    private static final String STANDARD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String STRIPE = "whsec_test";
    private static final long TOLERANCE_SECONDS = 300;

    private interface Verifier {

        boolean believes(Message delivery) throws Exception;
    }

    private static boolean standard(Message delivery) throws Exception {
        HttpHeaders headers = HttpHeaders.of(
                delivery.headers().asMap().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                (name, value) -> true);
        try {
            new com.standardwebhooks.Webhook(STANDARD).verify((String) delivery.payload(), headers);
            return true;
        } catch (WebhookVerificationException refused) {
            return false;
        }
    }

    private static boolean stripe(Message delivery) {
        try {
            return com.stripe.net.Webhook.Signature.verifyHeader(
                    (String) delivery.payload(), delivery.headers().get("Stripe-Signature"), STRIPE, TOLERANCE_SECONDS);
        } catch (SignatureVerificationException refused) {
            return false;
        }
    }

    private static Explored explore(Sender sender, Verifier verifier) {
        return Explored.of(
                scenario -> {
                    Set<String> stored = new TreeSet<>();
                    Webhook hooks = Webhook.of(scenario, "hooks").signedBy(sender);
                    scenario.service("receiver", life -> {
                        hooks.deliverTo(life, delivery -> {
                            if (!verifier.believes(delivery)) {
                                return 400;
                            }
                            life.step("insert", () -> stored.add(delivery.id()));
                            return 200;
                        });
                        return life;
                    });
                    hooks.send("evt_1", "{\"id\":\"evt_1\",\"größe\":1}");
                    scenario.settle();
                    assertThat(stored).containsExactly("evt_1");
                },
                Bounds.DEFAULT.withMaxFaults(1),
                FORGED,
                STALE,
                REDELIVERY,
                DUPLICATE,
                DELAY,
                CRASH);
    }

    @Test
    void signsAsStandardWebhooksSays() {
        Explored explored = explore(Sender.standard(STANDARD), WebhookSenderTests::standard);

        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 1 fault");
        assertThat(explored.tokens()).contains("1:forged(receiver<hooks[k1])", "1:stale(receiver<hooks[k1])");
    }

    @Test
    void signsAsStripeDoes() {
        Explored explored = explore(Sender.stripe(STRIPE), WebhookSenderTests::stripe);

        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 1 fault");
        assertThat(explored.tokens()).contains("1:forged(receiver<hooks[k1])", "1:stale(receiver<hooks[k1])");
    }

    /** The example that GitHub gives for whoever writes a receiver. */
    @Test
    void signsAsGitHubDoes() {
        Map<String, String> headers =
                Sender.github("It's a Secret to Everybody", "push").headers("72d3162e", Instant.EPOCH, "Hello, World!");

        assertThat(headers)
                .containsEntry(
                        "X-Hub-Signature-256",
                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
                .containsEntry("X-GitHub-Delivery", "72d3162e")
                .containsEntry("X-GitHub-Event", "push");
    }

    @Test
    void findsAReceiverThatDoesNotLookAtTheTime() {
        Explored explored = explore(Sender.stripe(STRIPE), delivery -> {
            String header = delivery.headers().get("Stripe-Signature");
            String time = header.substring(2, header.indexOf(','));
            return header.endsWith("=" + Signature.of(STRIPE).hex(time + "." + delivery.payload()));
        });

        assertThat(explored.token()).isEqualTo("1:stale(receiver<hooks[k1])");
    }

    @Test
    void takesASenderOfItsOwn() {
        Explored explored = explore(
                (id, time, body) -> Map.of("X-Length", String.valueOf(body.length())),
                delivery -> String.valueOf(((String) delivery.payload()).length())
                        .equals(delivery.headers().get("X-Length")));

        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 1 fault");
        assertThat(explored.tokens())
                .contains("1:forged(receiver<hooks[k1])")
                .doesNotContain("1:stale(receiver<hooks[k1])");
    }
}
