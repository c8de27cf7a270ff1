package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.requestMatching;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.LoggedResponse;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the stubs of a WireMock for one run, as stubs of its own that come first: each answers one thing, and matches if that was
 * decided for the request. Where nothing was decided, the test's own stubs answer. Called on the server's threads.
 */
final class Gate {

    /** Before all stubs of a test; WireMock subtracts priorities, so that the smallest of all numbers would come last. */
    private static final int FIRST = -1_000_000;

    private final WireMock wireMock;
    private final Decider decider;
    private final Map<UUID, Decision> decided = new ConcurrentHashMap<>();
    private final Set<UUID> own = ConcurrentHashMap.newKeySet();

    /** Decides once for each request. */
    interface Decider {

        /** Decides what a request gets, which the given stub of the test would answer; null if none would. */
        Decision decide(LoggedRequest request, @Nullable StubMapping stub);
    }

    /** What a request gets. */
    sealed interface Decision {

        /** The answer of the test's own stub. */
        record Pass() implements Decision {

            static final Pass INSTANCE = new Pass();
        }

        /** Something else. */
        record Instead(Answer answer) implements Decision {}

        /** The answer that was kept. */
        record Again(IdempotencyKeys.Kept kept) implements Decision {}
    }

    Gate(WireMock wireMock, Decider decider) {
        this.wireMock = wireMock;
        this.decider = decider;
    }

    void open() {
        for (Answer answer : Answer.values()) {
            register(
                    FIRST,
                    decision -> decision instanceof Decision.Instead instead && instead.answer() == answer,
                    answer.response());
        }
    }

    private void register(int priority, Predicate<Decision> when, ResponseDefinitionBuilder response) {
        UUID id = UUID.randomUUID();
        own.add(id);
        wireMock.register(requestMatching((Request request) -> MatchResult.of(when.test(decisionOn(request))))
                .withId(id)
                .atPriority(priority)
                .willReturn(response));
    }

    void close() {
        for (UUID id : own) {
            wireMock.removeStubMapping(id);
        }
        own.clear();
    }

    /** Says whether the stubs of this gate are where they were put. */
    boolean isOpen() {
        Set<UUID> found = ConcurrentHashMap.newKeySet();
        wireMock.allStubMappings().getMappings().forEach(stub -> found.add(stub.getId()));
        return found.containsAll(own);
    }

    /** WireMock asks for each stub, and once more when it says why none has matched. */
    private Decision decisionOn(Request request) {
        UUID id = request.getId();
        if (id == null) {
            return Decision.Pass.INSTANCE;
        }
        Decision before = decided.get(id);
        if (before != null) {
            return before;
        }
        LoggedRequest logged = LoggedRequest.createFrom(request);
        Decision decision = decider.decide(logged, stubOf(logged));
        decided.put(id, decision);
        if (decision instanceof Decision.Again again) {
            register(FIRST + 1, decision::equals, keptAnswer(again.kept(), logged));
        }
        return decision;
    }

    /** Finds the stub of the test that answers a request now. */
    private @Nullable StubMapping stubOf(LoggedRequest request) {
        return wireMock.allStubMappings().getMappings().stream()
                .filter(stub -> !own.contains(stub.getId()))
                .filter(stub -> stub.getRequest().match(request).isExactMatch())
                .filter(stub -> stub.isIndependentOfScenarioState()
                        || stateOf(stub.getScenarioName()).equals(stub.getRequiredScenarioState()))
                .findFirst()
                .orElse(null);
    }

    /** Does what the answer of a stub would have done that is not given. */
    void serveSilently(StubMapping stub) {
        if (stub.modifiesScenarioState()) {
            wireMock.setSingleScenarioState(stub.getScenarioName(), stub.getNewScenarioState());
        }
    }

    private String stateOf(String scenario) {
        return wireMock.getScenarios().stream()
                .filter(candidate -> candidate.getName().equals(scenario))
                .map(Scenario::getState)
                .findFirst()
                .orElse(Scenario.STARTED);
    }

    /** Returns the answer of the first time, to the byte, if it was given; else that stub gives it now. */
    private ResponseDefinitionBuilder keptAnswer(IdempotencyKeys.Kept kept, LoggedRequest request) {
        ServeEvent first = wireMock.getServeEvents().stream()
                .filter(event -> event.getId().equals(kept.answered()))
                .findFirst()
                .orElse(null);
        LoggedResponse answer =
                first == null || own.contains(first.getStubMapping().getId()) && !isKept(first)
                        ? null
                        : first.getResponse();
        if (answer == null) {
            kept.answeredBy(request);
            return ResponseDefinitionBuilder.like(kept.stub().getResponse());
        }
        List<HttpHeader> headers = new ArrayList<>();
        answer.getHeaders().all().stream()
                .filter(header -> !header.keyEquals("Transfer-Encoding") && !header.keyEquals("Matched-Stub-Id"))
                .forEach(headers::add);
        return new ResponseDefinitionBuilder()
                .withStatus(answer.getStatus())
                .withHeaders(new HttpHeaders(headers))
                .withBody(answer.getBody());
    }

    private boolean isKept(ServeEvent event) {
        return decided.get(event.getId()) instanceof Decision.Again;
    }
}
