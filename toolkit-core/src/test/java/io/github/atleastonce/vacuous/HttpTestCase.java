package io.github.atleastonce.vacuous;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.reset;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static io.github.atleastonce.vacuous.Way.Room.HTTP;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.github.atleastonce.http.ThirdParty;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Tests of a service that calls a third party, which do not see what they should. */
@WireMockTest
class HttpTestCase {

    static Stream<Way> ways() {
        return Stream.of(
                of("H1", "The service calls nobody", "nobody")
                        .fails("it was not called at all")
                        .today(),
                of("H2", "WireMock is reset after it was adopted", "resetAfterwards")
                        .fails("WireMock was reset")
                        .today(),
                of("H3", "The business key is in no request", "wrongKey")
                        .fails("has a business key")
                        .today(),
                of("H4", "Nothing is asserted of the third party", "nothingAsserted")
                        .fails("passes even when nothing is delivered")
                        .today(),
                of("H5", "No third party is adopted, and RESPONSE_LOST is named", "notAdopted")
                        .fails("RESPONSE_LOST")
                        .today());
    }

    private static Way.Draft of(String id, String does, String method) {
        return way(id, HTTP, does, HttpTestCase.class, method);
    }

    private static void charge(Scenario scenario, String url) {
        scenario.consumer("payments", "orders", String.class, order -> {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url + "/charges").toURL().openConnection();
            connection.setRequestProperty("Idempotency-Key", order);
            connection.setDoOutput(true);
            connection.getOutputStream().write(("{\"orderId\":\"" + order + "\"}").getBytes(StandardCharsets.UTF_8));
            assertThat(connection.getResponseCode()).isEqualTo(200);
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void nobody(Scenario scenario, WireMockRuntimeInfo wireMock) {
        ThirdParty stripe = ThirdParty.of(scenario, "stripe", wireMock);
        scenario.consumer("payments", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "o-1");
        assertThat(stripe).happenedOncePer("$.orderId");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void resetAfterwards(Scenario scenario, WireMockRuntimeInfo wireMock) {
        ThirdParty stripe = ThirdParty.of(scenario, "stripe", wireMock);
        reset();
        stubFor(post("/charges").willReturn(ok()));
        charge(scenario, wireMock.getHttpBaseUrl());
        assertThat(stripe).happenedOncePer("$.orderId");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void wrongKey(Scenario scenario, WireMockRuntimeInfo wireMock) {
        stubFor(post("/charges").willReturn(ok()));
        ThirdParty stripe = ThirdParty.of(scenario, "stripe", wireMock);
        charge(scenario, wireMock.getHttpBaseUrl());
        assertThat(stripe).happenedOncePer("$.order");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void nothingAsserted(Scenario scenario, WireMockRuntimeInfo wireMock) {
        stubFor(post("/charges").willReturn(ok()));
        ThirdParty.of(scenario, "stripe", wireMock);
        charge(scenario, wireMock.getHttpBaseUrl());
    }

    @FaultTest(faults = Fault.RESPONSE_LOST, maxFaults = 1)
    void notAdopted(Scenario scenario, WireMockRuntimeInfo wireMock) {
        stubFor(post("/charges").willReturn(ok()));
        charge(scenario, wireMock.getHttpBaseUrl());
    }
}
