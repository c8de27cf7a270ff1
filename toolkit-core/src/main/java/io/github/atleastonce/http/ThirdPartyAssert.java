package io.github.atleastonce.http;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.atleastonce.explore.Baseline;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.http.HttpEvent.Called;
import io.github.atleastonce.http.HttpEvent.Result;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.ScenarioRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Asserts what a third party was made to do. It is effects that count, never requests: clients repeat requests by themselves, and a
 * repetition under the same idempotency key does nothing. Calls that have no business key, such as those of another endpoint, pass by.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class ThirdPartyAssert extends AbstractAssert<ThirdPartyAssert, ThirdParty> {

    ThirdPartyAssert(ThirdParty actual) {
        super(actual, ThirdPartyAssert.class);
    }

    /**
     * Verifies that each business key that has an effect without faults has exactly one.
     *
     * @param jsonPath finds the business key in the body of a request, for example {@code $.orderId}
     * @return this
     */
    public ThirdPartyAssert happenedOncePer(String jsonPath) {
        return happenedOncePer(BusinessKey.at(jsonPath));
    }

    /**
     * Verifies that each business key that has an effect without faults has exactly one.
     *
     * @param businessKey gives the business key of a request, or null for one that has none
     * @return this
     */
    public ThirdPartyAssert happenedOncePer(Function<? super LoggedRequest, ?> businessKey) {
        Set<Object> found = atMostOnce(businessKey);
        Set<Object> missing = new LinkedHashSet<>((Set<?>) Baseline.of(run()).of(actual.nextComparison(), found));
        missing.removeAll(found);
        if (!missing.isEmpty()) {
            failWithMessage("%s was never made to do what it does without faults: nothing for %s.", actual, missing);
        }
        return this;
    }

    /**
     * Verifies that no business key has two effects; it may have none, for example since a service gave up.
     *
     * @param jsonPath finds the business key in the body of a request, for example {@code $.orderId}
     * @return this
     */
    public ThirdPartyAssert happenedAtMostOncePer(String jsonPath) {
        return happenedAtMostOncePer(BusinessKey.at(jsonPath));
    }

    /**
     * Verifies that no business key has two effects; it may have none, for example since a service gave up.
     *
     * @param businessKey gives the business key of a request, or null for one that has none
     * @return this
     */
    public ThirdPartyAssert happenedAtMostOncePer(Function<? super LoggedRequest, ?> businessKey) {
        atMostOnce(businessKey);
        return this;
    }

    private Set<Object> atMostOnce(Function<? super LoggedRequest, ?> businessKey) {
        Map<Object, List<Called>> effects = byKey(effects(), businessKey);
        effects.forEach((key, calls) -> {
            if (calls.size() > 1) {
                failWithMessage("%s did the same %s for %s:%s", actual, times(calls.size()), key, listed(calls));
            }
        });
        return Set.copyOf(effects.keySet());
    }

    /**
     * Verifies that all calls for a business key, those that failed included, have the same idempotency key, and have one at all. After a
     * call that was declined another key is in order.
     *
     * @param jsonPath finds the business key in the body of a request, for example {@code $.orderId}
     * @return this
     */
    public ThirdPartyAssert usedOneIdempotencyKeyPer(String jsonPath) {
        return usedOneIdempotencyKeyPer(BusinessKey.at(jsonPath));
    }

    /**
     * Verifies that all calls for a business key, those that failed included, have the same idempotency key, and have one at all. After a
     * call that was declined another key is in order.
     *
     * @param businessKey gives the business key of a request, or null for one that has none
     * @return this
     */
    public ThirdPartyAssert usedOneIdempotencyKeyPer(Function<? super LoggedRequest, ?> businessKey) {
        List<Called> changing = actual.calls().stream()
                .filter(call -> call.result() != Result.NO_EFFECT)
                .toList();
        byKey(changing, businessKey).forEach((key, calls) -> {
            Set<Object> keys = new LinkedHashSet<>();
            calls.forEach(call -> keys.add(call.key() == null ? "none" : call.key()));
            if (keys.size() > 1 || keys.contains("none")) {
                failWithMessage(
                        "%s was called for %s with several idempotency keys (%s), or without one:%s",
                        actual, key, actual.keyHeader(), listed(calls));
            }
        });
        return this;
    }

    /**
     * Verifies that nothing was done for a business key once the service that calls had handled an event of it, such as a cancellation.
     *
     * @param event the type of the event's payload
     * @param key gives the business key of an event
     * @param jsonPath finds the business key in the body of a request, for example {@code $.orderId}
     * @param <T> the type of the event's payload
     * @return this
     */
    public <T> ThirdPartyAssert neverHappenedAfter(Class<T> event, Function<? super T, ?> key, String jsonPath) {
        return neverHappenedAfter(event, key, BusinessKey.at(jsonPath));
    }

    /**
     * Verifies that nothing was done for a business key once the service that calls had handled an event of it, such as a cancellation.
     *
     * @param event the type of the event's payload
     * @param key gives the business key of an event
     * @param businessKey gives the business key of a request, or null for one that has none
     * @param <T> the type of the event's payload
     * @return this
     */
    public <T> ThirdPartyAssert neverHappenedAfter(
            Class<T> event, Function<? super T, ?> key, Function<? super LoggedRequest, ?> businessKey) {
        byKey(effects(), businessKey);
        Map<String, Set<Object>> handled = new LinkedHashMap<>();
        for (Event each : actual.scenario().history().events()) {
            if (each instanceof Event.Handled done
                    && event.isInstance(done.message().message().payload())) {
                T payload = event.cast(done.message().message().payload());
                handled.computeIfAbsent(done.subscriber(), any -> new LinkedHashSet<>())
                        .add(String.valueOf(key.apply(payload)));
            } else if (each instanceof Called call
                    && call.result() == Result.DONE
                    && call.party().equals(actual.toString())) {
                Object of = businessKey.apply(call.request());
                if (of != null && handled.getOrDefault(call.service(), Set.of()).contains(String.valueOf(of))) {
                    failWithMessage(
                            "%s was made to do %s for %s although '%s' had handled %s.",
                            actual, call.call(), of, call.service(), event.getSimpleName());
                }
            }
        }
        return this;
    }

    private List<Called> effects() {
        return actual.calls().stream()
                .filter(call -> call.result() == Result.DONE)
                .toList();
    }

    private Map<Object, List<Called>> byKey(List<Called> calls, Function<? super LoggedRequest, ?> businessKey) {
        if (!run().faults().delivers()) {
            failWithMessage("%s had nothing to do: nothing was delivered.", actual);
        }
        Map<Object, List<Called>> byKey = new LinkedHashMap<>();
        for (Called call : calls) {
            Object key = businessKey.apply(call.request());
            if (key != null) {
                byKey.computeIfAbsent(key, any -> new ArrayList<>(1)).add(call);
            }
        }
        if (byKey.isEmpty() && isFaultFree()) {
            throw new UsageException("No call of '" + actual + "' has a business key, although no fault has happened: "
                    + (actual.calls().isEmpty()
                            ? "it was not called at all. Does a service use the address of this WireMock, and does a stub match?"
                            : "is it in the body of " + actual.calls().get(0).call() + "?"));
        }
        return byKey;
    }

    private boolean isFaultFree() {
        return actual.scenario().history().of(Event.Injected.class).findAny().isEmpty();
    }

    private Run run() {
        return ScenarioRun.of(actual.scenario());
    }

    private static String times(int number) {
        return number == 2 ? "twice" : number + " times";
    }

    private String listed(List<Called> calls) {
        StringBuilder lines = new StringBuilder();
        for (Called call : calls) {
            lines.append("\n  ")
                    .append(call.call())
                    .append(" by ")
                    .append(call.service())
                    .append(", ")
                    .append(keyOf(call));
        }
        return lines.toString();
    }

    private String keyOf(Called call) {
        @Nullable String key = call.key();
        return key == null ? "no " + actual.keyHeader() : actual.keyHeader() + " " + key;
    }
}
