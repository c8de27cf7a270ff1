package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.atleastonce.http.Payments.Key;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A third party without a server of the test gets one that lives as long as the run. */
class StartedThirdPartyTests {

    private static final JdkClient CLIENT = new JdkClient();

    private final Set<String> addresses = new LinkedHashSet<>();

    private void paysOnce(Scenario scenario, Key key) {
        ThirdParty stripe = ThirdParty.of(scenario, "stripe");
        stripe.stubFor(post("/charges").willReturn(okJson("{\"id\":\"ch_1\"}")));
        addresses.add(stripe.url());
        assertThat(Payments.pay(scenario, stripe.url(), CLIENT, key)).containsExactly("o-1", "o-2");
        assertThat(stripe).happenedOncePer("$.orderId");
    }

    private Explored explore(Key key, Fault first, Fault... others) {
        return Explored.of(scenario -> paysOnce(scenario, key), Bounds.DEFAULT.withMaxFaults(1), first, others);
    }

    @Test
    void findsTheChargeWhoseAnswerIsLostAndPassesThatWithAKey() {
        assertThat(explore(Key.OF_ATTEMPT, RESPONSE_LOST).token())
                .isEqualTo("1:response_lost(payments<orders[k1]/stripe POST /charges)");
        assertThat(explore(Key.OF_ORDER, RESPONSE_LOST, RESPONSE_ERROR, CRASH).claim())
                .startsWith("holds under every schedule with ≤ 1 fault");
    }

    @Test
    void endsWithItsRun() {
        explore(Key.OF_ORDER, RESPONSE_ERROR);

        assertThat(addresses)
                .hasSizeGreaterThan(1)
                .allSatisfy(address -> assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> CLIENT.post(address + "/charges", "", "")));
    }

    @Test
    void leavesTheAddressOfAnAdoptedServerToTheTest() {
        WireMockServer own = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        own.start();
        Explored explored = Explored.of(
                scenario -> ThirdParty.of(scenario, "stripe", own).url(), Bounds.DEFAULT.withMaxFaults(1), CRASH);
        own.stop();

        assertThat(Explored.failed(explored.outcome()).cause())
                .hasMessage("'stripe' has a WireMock of the test's own: take its address from there. "
                        + "ThirdParty.of(scenario, name) starts one.");
    }

    /** The class path of somebody who has everything but WireMock. */
    @Test
    void saysThatWireMockIsNotThere() throws Exception {
        URL[] others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("wiremock"))
                .map(StartedThirdPartyTests::url)
                .toArray(URL[]::new);
        try (URLClassLoader without = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
            Class<?> thirdParty = without.loadClass(ThirdParty.class.getName());
            // Reflection would look at all methods, and so at types that are not there.
            MethodHandle of = MethodHandles.publicLookup()
                    .findStatic(
                            thirdParty,
                            "of",
                            MethodType.methodType(
                                    thirdParty, without.loadClass(Scenario.class.getName()), String.class));

            assertThatException()
                    .isThrownBy(() -> of.invokeWithArguments(null, "stripe"))
                    .satisfies(thrown -> assertThat(thrown)
                            .hasToString(UsageException.class.getName()
                                    + ": ThirdParty.of(scenario, \"stripe\") starts a WireMock: put "
                                    + "org.wiremock:wiremock-standalone on the class path of the tests."));
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
