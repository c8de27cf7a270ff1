package io.github.atleastonce.saga;

import io.github.atleastonce.history.Attempt;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.schedule.Fault;
import java.util.Map;
import org.apiguardian.api.API;
import org.assertj.core.api.AssertProvider;

/**
 * The sagas of a scenario. Hand it to AssertJ's {@code assertThat}.
 *
 * <pre>{@code
 * assertThat(Sagas.of(scenario, ORDER))
 *     .endsExactlyOnce()
 *     .isAllOrNothing()
 *     .coversEveryEnding();
 * }</pre>
 *
 * <p>Used on the thread of the test.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Sagas implements AssertProvider<SagasAssert> {

    private final Scenario scenario;
    private final Saga saga;

    private Sagas(Scenario scenario, Saga saga) {
        this.scenario = scenario;
        this.saga = saga;
    }

    /**
     * Looks at the sagas of a kind.
     *
     * @param scenario the scenario
     * @param saga describes them
     * @return all that have begun
     */
    public static Sagas of(Scenario scenario, Saga saga) {
        return new Sagas(scenario, saga);
    }

    /**
     * Lets all come to rest, and looks.
     *
     * @throws io.github.atleastonce.run.NotSettledException if it does not come to rest within its bound
     */
    @Override
    public SagasAssert assertThat() {
        scenario.settle();
        return new SagasAssert(this);
    }

    Saga saga() {
        return saga;
    }

    Scenario scenario() {
        return scenario;
    }

    Map<String, SagaLog> read() {
        Map<String, SagaLog> logs = SagaLog.read(saga, history());
        if (logs.isEmpty() && history().of(Event.Injected.class).findAny().isEmpty() && delivers()) {
            throw new UsageException(
                    "Nothing of a saga was seen, although no fault has happened: neither a message that shows a beginning, "
                            + "a step or an ending, nor a row. It sees what life.send sends, and on Kafka the producers of a Spring context.");
        }
        return logs;
    }

    /** Says whether anything is delivered in this run, so that what is not there has not come. */
    boolean delivers() {
        return ScenarioRun.of(scenario).faults().delivers();
    }

    /** Says whether what begins a saga may have been lost on its way, lawfully. */
    boolean mayHaveNoBeginning() {
        return history()
                        .of(WorkEvent.Attempted.class)
                        .map(WorkEvent.Attempted::attempt)
                        .anyMatch(attempt -> attempt.result() != Attempt.Result.COMPLETED)
                || history().of(Event.Injected.class).anyMatch(fault -> fault.fault() == Fault.DROP);
    }

    private History history() {
        return scenario.history();
    }

    @Override
    public String toString() {
        return "the sagas";
    }
}
