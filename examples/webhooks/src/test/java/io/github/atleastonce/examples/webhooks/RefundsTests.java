package io.github.atleastonce.examples.webhooks;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.atleastonce.http.ThirdParty;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

/** Stripe gives back once, however it answers; it is played by the server that WireMock's own extension for Spring injects. */
@SpringBootTest
@EnableWireMock(@ConfigureWireMock(name = "stripe", baseUrlProperties = "stripe.api"))
class RefundsTests {

    @InjectWireMock("stripe")
    WireMockServer server;

    @Autowired
    Refunds refunds;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void clear() {
        jdbc.execute("DELETE FROM refund");
    }

    @FaultTest(
            faults = {CRASH, RESPONSE_LOST, RESPONSE_ERROR},
            maxFaults = 1)
    void givesBackOnce(Scenario scenario) {
        server.stubFor(post("/v1/refunds").willReturn(okJson("{\"id\":\"re_1\",\"object\":\"refund\"}")));
        ThirdParty stripe = ThirdParty.of(scenario, "stripe", server);
        refunds.want("ch_1");
        scenario.attempt(refunds::give);
        scenario.attempt(refunds::give);

        assertThat(stripe).happenedOncePer(LoggedRequest::getBodyAsString);
        assertThat(refunds.wanted()).isEmpty();
    }
}
