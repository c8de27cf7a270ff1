package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.github.atleastonce.http.Payments.Key;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Kit;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;

/** What {@code @FaultTest} finds beside {@code @WireMockTest} without naming a fault. */
class HttpDefaultTests {

    @TempDir
    Path kept;

    @WireMockTest
    static class KeyOfAttemptTestCase {

        @BeforeEach
        void stub() {
            stubFor(post("/charges").willReturn(okJson("{}")));
        }

        @FaultTest(maxFaults = 1)
        void wide(Scenario scenario, WireMockRuntimeInfo wireMock) {
            ThirdParty stripe = ThirdParty.of(scenario, "stripe", wireMock);
            Payments.pay(scenario, wireMock.getHttpBaseUrl(), new JdkClient(), Key.OF_ATTEMPT);
            assertThat(stripe).happenedOncePer("$.orderId");
        }
    }

    @WireMockTest
    static class UnnoticedTestCase {

        @FaultTest(maxFaults = 1)
        void wide(Scenario scenario, WireMockRuntimeInfo wireMock) {
            stubFor(post("/charges").willReturn(okJson("{}")));
            ThirdParty.of(scenario, "stripe", wireMock);
            Payments.pay(scenario, wireMock.getHttpBaseUrl(), new JdkClient(), Key.OF_ORDER);
        }
    }

    @WireMockTest
    static class SoundTestCase {

        @FaultTest(maxFaults = 1)
        void wide(Scenario scenario, WireMockRuntimeInfo wireMock) {
            stubFor(post("/charges").willReturn(okJson("{}")));
            ThirdParty stripe = ThirdParty.of(scenario, "stripe", wireMock);
            Payments.pay(scenario, wireMock.getHttpBaseUrl(), new JdkClient(), Key.OF_ORDER);
            assertThat(stripe).happenedOncePer("$.orderId").usedOneIdempotencyKeyPer("$.orderId");
        }
    }

    @Test
    void findsTheChargeWithoutAKeyOfItsOrder() {
        Kit.Line last = Kit.select(KeyOfAttemptTestCase.class, kept).run().last();

        assertThat(last.status()).isEqualTo(Status.FAILED);
        assertThat(last.message()).contains("stripe did the same twice for o-1:");
    }

    @Test
    void passesTheOtherOne() {
        Kit.Line last = Kit.select(SoundTestCase.class, kept).run().last();

        assertThat(last.status()).isEqualTo(Status.SUCCESSFUL);
        assertThat(last.name())
                .startsWith("holds under every schedule with ≤ 1 fault")
                .contains("RESPONSE_LOST, RESPONSE_ERROR");
        assertThat(last.name()).doesNotContain("WireMockExtension");
    }

    @Test
    void findsABodyThatDoesNotNoticeThatNothingIsDelivered() {
        Kit.Line last = Kit.select(UnnoticedTestCase.class, kept).run().last();

        assertThat(last.message()).contains("The body passes even when nothing is delivered");
    }
}
