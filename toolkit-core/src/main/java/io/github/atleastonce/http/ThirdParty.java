package io.github.atleastonce.http;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.assertj.core.api.AssertProvider;

/**
 * A third party that services call over HTTP, played by a WireMock of the test, whose stubs stay as they are. Hand it to AssertJ's
 * {@code assertThat}.
 *
 * <pre>{@code
 * @FaultTest
 * void chargesOnce(Scenario scenario, WireMockRuntimeInfo wireMock) {
 *     stubFor(post("/charges").willReturn(okJson("{\"id\":\"ch_1\"}")));
 *     ThirdParty stripe = ThirdParty.of(scenario, "stripe", wireMock);
 *     scenario.service("payments", life -> new Payments(life, wireMock.getHttpBaseUrl()));
 *     scenario.channel("orders").send("o-1", new OrderPlaced("o-1", 30));
 *     assertThat(stripe).happenedOncePer("$.orderId");
 * }
 * }</pre>
 *
 * <p>Each call of a service at work is a step, after which the process may die, and a place for the faults RESPONSE_LOST and RESPONSE_ERROR, and
 * for RESPONSE_SLOW if the test names it: then its client wants a time-out.
 * What POST, PATCH, PUT or DELETE do whose stub answers with less than 400 is an effect. A call that repeats an idempotency key has none; it
 * gets the answer that was kept, and an error 400 if it asks for something else than the first time. Repeated PUT and DELETE of the same are
 * one effect.
 *
 * <p>Belongs to one run; used on the thread of the test.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class ThirdParty implements AssertProvider<ThirdPartyAssert> {

    private final Scenario scenario;
    private final Calls calls;
    private final Server server;
    private int comparisons;

    private ThirdParty(Scenario scenario, String name, Server server) {
        this.scenario = scenario;
        this.server = server;
        this.calls = Calls.open(ScenarioRun.of(scenario), name, server);
    }

    /**
     * Starts a WireMock that lives as long as the run: each has a server of its own, without a stub at first.
     *
     * <pre>{@code
     * ThirdParty stripe = ThirdParty.of(scenario, "stripe");
     * stripe.stubFor(post("/charges").willReturn(okJson("{}")));
     * scenario.service("payments", life -> new Payments(life, stripe.url()));
     * }</pre>
     *
     * @param scenario the scenario
     * @param name the third party's name, for tokens and stories
     * @return the third party
     * @throws UsageException if WireMock is not on the class path
     */
    public static ThirdParty of(Scenario scenario, String name) {
        HttpFaults.requireWireMock(name);
        return new ThirdParty(scenario, name, Server.started());
    }

    /**
     * Adopts the WireMock of a test class that is annotated with {@code @WireMockTest}.
     *
     * @param scenario the scenario
     * @param name the third party's name, for tokens and stories
     * @param wireMock what WireMock's extension hands to the test
     * @return the third party
     */
    public static ThirdParty of(Scenario scenario, String name, WireMockRuntimeInfo wireMock) {
        return new ThirdParty(scenario, name, Server.adopted(wireMock));
    }

    /**
     * Adopts a server in this JVM that runs already.
     *
     * @param scenario the scenario
     * @param name the third party's name, for tokens and stories
     * @param server the server
     * @return the third party
     * @throws UsageException if it does not run
     */
    public static ThirdParty of(Scenario scenario, String name, WireMockServer server) {
        return new ThirdParty(scenario, name, Server.adopted(server, name));
    }

    /**
     * Stubs an answer of this third party, as {@code WireMock.stubFor} does on the server that it has in mind.
     *
     * @param stub the stub
     * @return this
     */
    public ThirdParty stubFor(MappingBuilder stub) {
        server.stub(stub);
        return this;
    }

    /**
     * Returns the address of a server that was started for this third party, without a slash at its end.
     *
     * @return for example {@code http://localhost:40123}
     * @throws UsageException if it was adopted: who has started it knows its address
     */
    public String url() {
        return server.url(calls.party());
    }

    /**
     * Says where callers put the idempotency key, if not into {@code Idempotency-Key}.
     *
     * @param header the name of a header
     * @return this
     */
    public ThirdParty idempotencyKeyIn(String header) {
        calls.keys().in(header);
        return this;
    }

    /**
     * Says for how long this third party knows an idempotency key, by the scenario's clock, if not for 24 hours.
     *
     * @param time how long
     * @return this
     */
    public ThirdParty keepsKeysFor(Duration time) {
        calls.keys().keptFor(time);
        return this;
    }

    @Override
    public ThirdPartyAssert assertThat() {
        scenario.settle();
        if (!calls.areSeen()) {
            throw new UsageException("WireMock was reset after ThirdParty.of(…, \"" + calls.party()
                    + "\", …), so its calls were not seen: reset it before, or not at all in the body of the test.");
        }
        return new ThirdPartyAssert(this);
    }

    /**
     * Returns what this third party was made to do so far, in order; what repeats an idempotency key is not among it.
     *
     * @return for each effect the request that had it
     */
    public List<LoggedRequest> effects() {
        return calls().stream()
                .filter(call -> call.result() == HttpEvent.Result.DONE)
                .map(HttpEvent.Called::request)
                .toList();
    }

    /** Returns the calls so far, in order. */
    List<HttpEvent.Called> calls() {
        return scenario.history()
                .of(HttpEvent.Called.class)
                .filter(call -> call.party().equals(calls.party()))
                .toList();
    }

    /** Names what is compared with the run without faults; a body compares the same things in the same order in each run. */
    String nextComparison() {
        return "the effects of " + calls.party() + ", " + ++comparisons;
    }

    Scenario scenario() {
        return scenario;
    }

    String keyHeader() {
        return calls.keys().header();
    }

    @Override
    public String toString() {
        return calls.party();
    }
}
