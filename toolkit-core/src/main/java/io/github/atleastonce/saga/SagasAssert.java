package io.github.atleastonce.saga;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.run.UsageException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Asserts what sagas promise, of each that has begun, once all is quiet. What a service has sent again counts once, and a step that may have happened
 * is neither done nor failed.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class SagasAssert extends AbstractAssert<SagasAssert, Sagas> {

    /** A crash may take the timer along; the next life has one of its own. */
    private static final int PATIENCE = 3;

    private final @Nullable String only;
    private Map<String, SagaLog> seen;

    SagasAssert(Sagas actual) {
        this(actual, null, actual.read());
    }

    private SagasAssert(Sagas actual, @Nullable String only, Map<String, SagaLog> seen) {
        super(actual, SagasAssert.class);
        this.only = only;
        this.seen = seen;
    }

    /**
     * Looks at one saga, which must have begun unless an attempt to begin it was cut.
     *
     * @param id the id of the saga
     * @return assertions about it
     */
    public SagasAssert withId(Object id) {
        return new SagasAssert(actual, id.toString(), seen);
    }

    /**
     * Verifies that each saga has ended, in one way, and has said so once.
     *
     * @return this
     */
    public SagasAssert endsExactlyOnce() {
        return each(saga -> {
            List<Saga.Ending> endings = saga.endings();
            if (endings.isEmpty()) {
                fail(
                        saga,
                        "came to rest without an ending, which would be "
                                + names(actual.saga().endings(), " or "));
            }
            if (endings.size() > 1) {
                fail(saga, "has ended " + endings.size() + " times, in " + names(endings, " and in "));
            }
        });
    }

    /**
     * Verifies that no saga is half done: all steps are done and stay done if it has completed, and none of them if it has ended otherwise.
     *
     * @return this
     */
    public SagasAssert isAllOrNothing() {
        return each(saga -> {
            List<StepSigns> done = steps(saga::isInEffect);
            List<StepSigns> open = steps(step -> !saga.isInEffect(step));
            Boolean completed = saga.completed();
            if (completed == null && !done.isEmpty() && !open.isEmpty()) {
                fail(saga, "is half done: " + done + " is done, " + open + " is not");
            }
            if (Boolean.TRUE.equals(completed) && !open.isEmpty()) {
                StepSigns first = open.get(0);
                fail(
                        saga,
                        "has ended in " + names(saga.endings(), " and in ") + ", and yet its step " + first
                                + (saga.saw(first.undone()) ? " was undone" : " was not done"));
            }
            if (Boolean.FALSE.equals(completed) && !done.isEmpty()) {
                failsUndone(saga, done.get(0));
            }
        });
    }

    /**
     * Verifies that a saga that has not completed has undone each step that was done, in any order.
     *
     * @return this
     */
    public SagasAssert compensatesInAnyOrder() {
        return each(this::compensates);
    }

    /**
     * Verifies that a saga that has not completed has undone each step that was done, the last one first. The order is that of the description.
     *
     * @return this
     * @throws UsageException if fewer than two steps are undone by a message: rows have no order
     */
    public SagasAssert compensatesInReverse() {
        List<StepSigns> ordered = steps(step -> step.undone() instanceof Sign.OfMessage);
        if (ordered.size() < 2) {
            throw new UsageException(
                    "compensatesInReverse() wants two steps at least that are undone by a message, since rows have no order.");
        }
        return each(saga -> {
            compensates(saga);
            for (int i = 0; i + 1 < ordered.size(); i++) {
                for (int j = i + 1; j < ordered.size(); j++) {
                    OptionalInt earlier = saga.first(ordered.get(i).undone());
                    OptionalInt later = saga.first(ordered.get(j).undone());
                    if (earlier.isPresent() && later.isPresent() && earlier.getAsInt() < later.getAsInt()) {
                        fail(
                                saga,
                                "has undone " + ordered.get(i) + " before " + ordered.get(j)
                                        + ", which is the later step");
                    }
                }
            }
        });
    }

    private void compensates(SagaLog saga) {
        if (Boolean.FALSE.equals(saga.completed())) {
            steps(saga::isInEffect).forEach(step -> failsUndone(saga, step));
        }
    }

    private void failsUndone(SagaLog saga, StepSigns step) {
        fail(
                saga,
                "has ended in " + names(saga.endings(), " and in ") + ", and yet its step " + step + " stays done: "
                        + (saga.saw(step.undone())
                                ? "it was done again after it had been undone"
                                : "nothing has undone it"));
    }

    /**
     * Verifies that no step is undone that was not done. One that was commanded and not refused may have happened, so it may be undone.
     *
     * @return this
     */
    public SagasAssert compensatesOnlyWhatWasDone() {
        return each(saga -> {
            for (StepSigns step : actual.saga().steps()) {
                if (saga.saw(step.undone()) && !saga.saw(step.done()) && !saga.mayHaveHappened(step)) {
                    fail(
                            saga,
                            "has undone its step " + step + ", which "
                                    + (saga.saw(step.refused()) ? "was refused" : "was never done"));
                }
            }
        });
    }

    /**
     * Verifies that each step was commanded once, and once more for each time that it was refused; and that it left no more than one row.
     *
     * @return this
     * @throws UsageException if no step is commanded by a message or leaves a row
     */
    public SagasAssert commandsOncePerStep() {
        if (steps(step -> step.commanded() != null || step.done() instanceof Sign.OfRow)
                .isEmpty()) {
            throw new UsageException(
                    "commandsOncePerStep() wants a step with commandedBy(…), or one that is done by a row: otherwise there is nothing to count.");
        }
        return each(saga -> {
            for (StepSigns step : actual.saga().steps()) {
                int commands = saga.count(step.commanded());
                int attempts = 1 + saga.count(step.refused());
                if (commands > attempts) {
                    fail(
                            saga,
                            "has commanded its step " + step + " " + times(commands) + ", for " + attempts
                                    + (attempts == 1 ? " attempt" : " attempts"));
                }
                if (step.done() instanceof Sign.OfRow && saga.count(step.done()) > 1) {
                    fail(saga, "has done its step " + step + " " + times(saga.count(step.done())));
                }
            }
        });
    }

    /**
     * Verifies that a saga that has ended commands nothing more and ends in no other way, whatever it still hears. To undo a step that was done late is in order.
     *
     * @return this
     */
    public SagasAssert ignoresLateReplies() {
        String never = "no saga got a reply after its ending";
        caveats().remarkUntil(never);
        return each(saga -> {
            OptionalInt ended = saga.ended();
            if (ended.isEmpty()) {
                return;
            }
            if (saga.gotReplyAfter(ended.getAsInt())) {
                caveats().came(never);
            }
            for (StepSigns step : actual.saga().steps()) {
                if (saga.countAfter(step.commanded(), ended.getAsInt()) > 0) {
                    fail(saga, "has commanded its step " + step + " after it had ended");
                }
            }
            if (saga.endings().stream().map(Saga.Ending::sign).distinct().count() > 1) {
                fail(saga, "has ended once more: in " + names(saga.endings(), ", and then in "));
            }
        });
    }

    /**
     * Waits for the time-out of a step: lets time pass while a saga waits for the step.
     *
     * @param step the name of the step
     * @param after how long a saga waits for it
     * @return says how such a saga is to end
     * @throws UsageException if there is no such step
     */
    public TimeOut timesOut(String step, Duration after) {
        return new TimeOut(this, actual.saga().stepNamed(step), after);
    }

    /** A saga that has waited for long enough. */
    public static final class TimeOut {

        private final SagasAssert sagas;
        private final StepSigns step;
        private final Duration after;

        private TimeOut(SagasAssert sagas, StepSigns step, Duration after) {
            this.sagas = sagas;
            this.step = step;
            this.after = after;
        }

        /**
         * Verifies that each saga that waits for the step ends like this, and in no other way, once the time is over.
         *
         * @param ending the type of the payload of one of the saga's endings
         * @return the assertions
         * @throws UsageException if the saga has no such ending
         */
        public SagasAssert to(Class<?> ending) {
            return sagas.timedOut(step, after, ending.getSimpleName());
        }
    }

    private SagasAssert timedOut(StepSigns step, Duration after, String ending) {
        if (actual.saga().endings().stream().noneMatch(one -> one.sign().name().equals(ending))) {
            throw new UsageException("This saga has no ending " + ending + ", but "
                    + names(actual.saga().endings(), " and ") + ".");
        }
        String never = "no saga waited for its step " + step;
        caveats().remarkUntil(never);
        Set<String> waited = new HashSet<>();
        for (int i = 0; i < PATIENCE; i++) {
            List<String> waiting = seen.values().stream()
                    .filter(saga -> saga.waitsFor(step))
                    .map(SagaLog::id)
                    .filter(id -> only == null || only.equals(id))
                    .toList();
            if (waiting.isEmpty()) {
                break;
            }
            caveats().came(never);
            waited.addAll(waiting);
            actual.scenario().elapse(after);
            actual.scenario().settle();
            seen = actual.read();
        }
        return each(saga -> {
            boolean other =
                    saga.endings().stream().anyMatch(one -> !one.sign().name().equals(ending));
            if (waited.contains(saga.id()) && !saga.saw(step.done())) {
                if (saga.endings().isEmpty()) {
                    fail(
                            saga,
                            "still waits for its step " + step + " after " + after + ", and has not ended in "
                                    + ending);
                }
                if (other) {
                    fail(
                            saga,
                            "has waited in vain for its step " + step + ", and has ended in "
                                    + names(saga.endings(), " and in ") + " instead of " + ending);
                }
            }
        });
    }

    /**
     * Demands that each ending is reached by some saga under some schedule of this exploration. It never fails by itself: the exploration passes only
     * if it was so, and says what was never reached. Under one schedule alone, as in a replay, nothing is demanded.
     *
     * @return this
     */
    public SagasAssert coversEveryEnding() {
        for (Saga.Ending ending : actual.saga().endings()) {
            caveats().require(unreached(ending));
        }
        return each(saga -> saga.endings().forEach(ending -> caveats().came(unreached(ending))));
    }

    private static String unreached(Saga.Ending ending) {
        return "no saga ended in " + ending.sign().name() + " under any schedule";
    }

    private SagasAssert each(Consumer<SagaLog> check) {
        if (!actual.delivers()) {
            failWithMessage("The sagas had nothing to do: nothing was delivered.");
        }
        if (only != null && !seen.containsKey(only) && !actual.mayHaveNoBeginning()) {
            failWithMessage(
                    "Saga '%s' has never begun: nothing of it was seen%s.",
                    only, seen.isEmpty() ? "" : ", only of " + seen.keySet());
        }
        seen.values().stream()
                .filter(saga -> only == null || only.equals(saga.id()))
                .forEach(check);
        return this;
    }

    private void fail(SagaLog saga, String what) {
        failWithMessage("Saga '%s' %s.%nSeen of it: %s.", saga.id(), what, saga);
    }

    private List<StepSigns> steps(Predicate<StepSigns> which) {
        return actual.saga().steps().stream().filter(which).toList();
    }

    private Caveats caveats() {
        return actual.scenario().history().caveats();
    }

    private static String names(List<Saga.Ending> endings, String between) {
        return endings.stream().map(ending -> ending.sign().name()).collect(Collectors.joining(between));
    }

    private static String times(int number) {
        return number == 2 ? "twice" : number + " times";
    }
}
