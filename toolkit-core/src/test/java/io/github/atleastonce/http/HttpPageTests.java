package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.FORGED;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;
import static io.github.atleastonce.schedule.Fault.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;

/** The code of {@code docs/http.md}, which {@code GuideTests} of the quickstart compares with the sources. */
@WireMockTest
class HttpPageTests {

    @FaultTest(faults = {CRASH, REDELIVERY, RESPONSE_LOST, RESPONSE_ERROR})
    void chargesOnce(Scenario scenario, WireMockRuntimeInfo wireMock) {
        stubFor(post("/charges").willReturn(okJson("{\"id\":\"ch_1\"}"))); // plain WireMock
        ThirdParty stripe = ThirdParty.of(scenario, "stripe", wireMock);
        scenario.service("payments", life -> {
            Cashier cashier = new Cashier(wireMock.getHttpBaseUrl());
            life.subscribe("orders", OrderPlaced.class, cashier::on);
            return cashier;
        });
        scenario.channel("orders").send("o-1", new OrderPlaced("o-1", 30));

        assertThat(stripe).happenedOncePer("$.orderId").usedOneIdempotencyKeyPer("$.orderId");
    }

    @FaultTest(
            faults = {CRASH, REDELIVERY, DUPLICATE, REORDER, FORGED, STALE},
            maxFaults = 1)
    void creditsOnce(Scenario scenario) {
        Credits credits = new Credits(); // stands for the database
        Webhook stripe = Webhook.of(scenario, "stripe").signedBy(Sender.stripe("whsec_test"));
        scenario.service("billing", life -> {
            Billing billing = Billing.start(life, credits, "whsec_test");
            stripe.deliverTo(life, billing.uri());
            return billing;
        });
        stripe.send("evt_1", "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"user\":\"u-1\"}");
        stripe.send("evt_2", "{\"id\":\"evt_2\",\"type\":\"invoice.voided\",\"user\":\"u-1\"}");
        scenario.settle();

        assertThat(credits.of("u-1")).isZero();
        assertThat(credits.changes()).isEqualTo(2);
    }
}
