package io.github.atleastonce.check;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.jdbc.OutboxTable;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.task.Action;
import java.util.List;
import javax.sql.DataSource;
import org.apiguardian.api.API;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a transactional outbox is to do, seen from the channel that it publishes to. Hand it to AssertJ's {@code assertThat}.
 *
 * <pre>{@code
 * assertThat(Outbox.of(scenario, "orders"))
 *     .publishesEveryCommitted(orders::ids, OrderCreated::orderId)
 *     .publishesOnlyCommitted(orders::ids, OrderCreated::orderId);
 * }</pre>
 *
 * <p>Used on the thread of the test. The pattern is described in microservices.io's catalogue (Richardson).
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Outbox implements AssertProvider<OutboxAssert> {

    private static final int RECOVERIES = 3;

    private final Scenario scenario;
    private final String channel;
    private @Nullable DataSource database;
    private @Nullable OutboxTable table;
    private @Nullable Action recovery;

    private Outbox(Scenario scenario, String channel) {
        this.scenario = scenario;
        this.channel = channel;
    }

    /**
     * Looks at an outbox by what arrives on its channel.
     *
     * @param scenario the scenario
     * @param channel the channel that the relay publishes to
     * @return the outbox
     */
    public static Outbox of(Scenario scenario, String channel) {
        return new Outbox(scenario, channel);
    }

    /**
     * Says where the rows are, so that pending ones are noticed.
     *
     * @param db the data source of the database itself, not that of a life
     * @param description which rows are pending, and which were sent
     * @return this
     */
    public Outbox in(DataSource db, OutboxTable description) {
        database = db;
        table = description;
        return this;
    }

    /**
     * Names what brings pending rows on their way again where the relay does not do so by itself, for example a republication
     * on request. It is done while rows are pending after all is quiet, three times at the most.
     *
     * @param action what an operator would do
     * @return this
     */
    public Outbox recoveredBy(Action action) {
        recovery = action;
        return this;
    }

    @Override
    public OutboxAssert assertThat() {
        scenario.settle();
        for (int i = 0; recovery != null && i < RECOVERIES && !pending().isEmpty(); i++) {
            try {
                recovery.run();
            } catch (Exception failure) {
                throw new UsageException("The recovery of the outbox threw " + failure + ".", failure);
            }
            scenario.settle();
        }
        return new OutboxAssert(this);
    }

    /** Returns what services have put on the channel, in order, duplicates included. */
    List<Object> published() {
        ScenarioRun.looksAtContents(scenario);
        return ScenarioRun.of(scenario)
                .history()
                .of(Event.Sent.class)
                .map(Event.Sent::message)
                .filter(message -> message.label().channel().equals(channel))
                .filter(message -> switch (message.kind()) {
                    case ORIGINAL, COPY -> true;
                    case POISON, DEAD_LETTER -> false;
                })
                .map(message -> message.message().payload())
                .toList();
    }

    List<String> pending() {
        return table == null || database == null ? List.of() : table.pending(database);
    }

    List<String> sent() {
        if (table == null || database == null) {
            throw new UsageException(
                    "Which rows are marked as sent is not known: describe the table with Outbox.in(db, table).");
        }
        return table.sent(database);
    }

    Scenario scenario() {
        return scenario;
    }

    @Override
    public String toString() {
        return "the outbox of '" + channel + "'";
    }
}
