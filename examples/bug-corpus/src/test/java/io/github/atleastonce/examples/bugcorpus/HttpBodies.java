package io.github.atleastonce.examples.bugcorpus;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.http.ThirdParty;
import io.github.atleastonce.http.Webhook;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.scenario.Scenario;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;

/** The test bodies of webhooks and of a third party, each for a bug and its twin alike. */
public final class HttpBodies {

    private HttpBodies() {}

    /** Each payment is credited once. */
    public static Bug.Body credit(Function<Database, WebhookReceiver> make) {
        return (scenario, db) -> {
            Webhook payments = deliver(scenario, db, make);
            payments.send("e-1", "paid c-1 30");
            scenario.settle();
            assertThat(new Database(db).ints("SELECT credit FROM customer WHERE id = 'c-1'"))
                    .containsExactly(130);
        };
    }

    /** The newest version stays, in whatever order they come. */
    public static Bug.Body follow(Function<Database, WebhookReceiver> make) {
        return (scenario, db) -> {
            Webhook customers = deliver(scenario, db, make);
            customers.send("e-1", "created c-2 101");
            customers.send("e-2", "updated c-2 102");
            scenario.settle();
            assertThat(new Database(db).ints("SELECT credit FROM customer WHERE id = 'c-2'"))
                    .containsExactly(102);
        };
    }

    /** One order is charged once. */
    public static Bug.Body charge(Function<PaymentProvider, Consumer> make) {
        return (scenario, db) -> {
            ThirdParty stripe =
                    ThirdParty.of(scenario, "stripe").stubFor(post("/charges").willReturn(okJson("{}")));
            scenario.service("payments", life -> {
                Consumer consumer = make.apply(new PaymentProvider(stripe.url()));
                life.subscribe("orders", Order.class, consumer::on);
                return consumer;
            });
            scenario.channel("orders").send("o-1", new Order("o-1", "c-1", 30));
            assertThat(stripe).happenedOncePer("$.order");
        };
    }

    private static Webhook deliver(Scenario scenario, DataSource db, Function<Database, WebhookReceiver> make) {
        scenario.reset(() -> new Database(db)
                .update("DELETE FROM customer; DELETE FROM inbox; DELETE FROM hook; "
                        + "INSERT INTO customer VALUES ('c-1', 100)"));
        Webhook hooks = Webhook.of(scenario, "hooks");
        scenario.service("customers", life -> {
            WebhookReceiver receiver = make.apply(new Database(life.dataSource(db)));
            hooks.deliverTo(life, delivery -> receiver.receive(event(delivery)));
            life.poll("worker", () -> {
                try {
                    return receiver.work();
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            return receiver;
        });
        return hooks;
    }

    private static WebhookEvent event(Message delivery) {
        String[] words = ((String) delivery.payload()).split(" ");
        return new WebhookEvent(delivery.id(), words[0], words[1], Integer.parseInt(words[2]));
    }
}
