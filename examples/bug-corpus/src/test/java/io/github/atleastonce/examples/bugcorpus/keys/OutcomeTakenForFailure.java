package io.github.atleastonce.examples.bugcorpus.keys;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static io.github.atleastonce.examples.bugcorpus.Stage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.PaymentProvider;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.http.ThirdParty;
import io.github.atleastonce.schedule.Fault;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** No answer is no answer, and not a no. */
@KnownBug(
        id = "W7",
        title = "Takes a time-out of the payment for its failure: cancelled, and charged",
        metIn = "woocommerce/woocommerce #21083")
final class OutcomeTakenForFailure {

    private OutcomeTakenForFailure() {}

    static Bug bug() {
        return Bug.of(OutcomeTakenForFailure.class, "response_lost(shop<orders[k1]/stripe", Fault.RESPONSE_LOST)
                .faulty(body(failure -> "cancelled"))
                .fixed(body(failure -> {
                    throw failure;
                }));
    }

    private static Bug.Body body(Function<UncheckedIOException, String> onFailure) {
        return (scenario, bare) -> {
            ThirdParty stripe =
                    ThirdParty.of(scenario, "stripe").stubFor(post("/charges").willReturn(okJson("{}")));
            Stage.Boot<Consumer> boot = (life, db) -> {
                PaymentProvider payments = new PaymentProvider(stripe.url());
                return order -> {
                    String state = "paid";
                    try {
                        payments.charge("charge of " + order.id(), order);
                    } catch (UncheckedIOException failure) {
                        state = onFailure.apply(failure);
                    }
                    db.update("INSERT INTO item VALUES (?, ?) ON CONFLICT DO NOTHING", order.id(), state);
                };
            };
            Stage.consumer(boot, (same, shop, db) -> {
                        send(scenario, order(1));
                        scenario.settle();
                        boolean isPaid = db.strings("SELECT state FROM item").contains("paid");
                        assertThat(stripe.effects().size()).isEqualTo(isPaid ? 1 : 0);
                        assertThat(db.strings("SELECT id FROM item")).hasSize(1);
                    })
                    .perform(scenario, bare);
        };
    }
}
