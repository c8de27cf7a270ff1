package io.github.atleastonce.examples.webhooks;

import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.FORGED;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static io.github.atleastonce.schedule.Fault.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.github.atleastonce.http.Sender;
import io.github.atleastonce.http.Webhook;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What Stripe says is taken into account once, in whatever order it comes, and only if Stripe has said it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StripeTests {

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    WebApplicationContext context;

    @Value("${local.server.port}")
    int port;

    @BeforeEach
    void clear() {
        jdbc.execute("DELETE FROM stripe_event");
        jdbc.execute("DELETE FROM account");
        jdbc.execute("DELETE FROM subscription");
    }

    /** Stripe posts to the server that Spring Boot has started. */
    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, REORDER, DELAY, CRASH, CONNECTION_LOST, FORGED, STALE},
            maxFaults = 1)
    void byServer(Scenario scenario) {
        Webhook stripe = stripe(scenario);
        stripe.deliverTo(URI.create("http://localhost:" + port + "/webhooks/stripe"));
        tell(scenario, stripe);
    }

    /** The same without a server. */
    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, REORDER, CRASH, FORGED, STALE},
            maxFaults = 1)
    void byMockMvc(Scenario scenario) {
        MockMvc mockMvc = MockMvcBuilders.webAppContextSetup(context).build();
        Webhook stripe = stripe(scenario);
        stripe.deliverTo(delivery -> {
            var request = post("/webhooks/stripe").content((String) delivery.payload());
            delivery.headers().asMap().forEach(request::header);
            return mockMvc.perform(request).andReturn().getResponse().getStatus();
        });
        tell(scenario, stripe);
    }

    private static Webhook stripe(Scenario scenario) {
        return Webhook.of(scenario, "stripe").signedBy(Sender.stripe("whsec_test"));
    }

    /** A customer who has paid, and whose subscription has begun. */
    private void tell(Scenario scenario, Webhook stripe) {
        stripe.send("evt_1", event("evt_1", "invoice.paid", 1, "'customer':'cus_1','amount_paid':30"));
        stripe.send("evt_2", event("evt_2", "customer.subscription.created", 1, "'id':'sub_1','status':'incomplete'"));
        stripe.send("evt_3", event("evt_3", "customer.subscription.updated", 2, "'id':'sub_1','status':'active'"));
        scenario.settle();

        assertThat(jdbc.queryForObject("SELECT credit FROM account", Integer.class))
                .isEqualTo(30);
        assertThat(jdbc.queryForObject("SELECT status FROM subscription", String.class))
                .isEqualTo("active");
    }

    private static String event(String id, String type, int second, String object) {
        return ("{'id':'" + id + "','object':'event','type':'" + type + "','created':" + (1_700_000_000 + second)
                        + ",'data':{'object':{" + object + "}}}")
                .replace('\'', '"');
    }
}
