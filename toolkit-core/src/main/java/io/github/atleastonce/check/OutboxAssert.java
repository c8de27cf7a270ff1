package io.github.atleastonce.check;

import io.github.atleastonce.explore.Baseline;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.ScenarioRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;

/**
 * Asserts what a transactional outbox promises: nothing lost, no phantom, order kept. Duplicates are legal. Payloads of other
 * types than the given functions take pass by.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class OutboxAssert extends AbstractAssert<OutboxAssert, Outbox> {

    OutboxAssert(Outbox actual) {
        super(actual, OutboxAssert.class);
    }

    /**
     * Verifies that each committed change was published, and that no row is pending any more.
     *
     * @param committed gives the ids of what is committed now
     * @param id gives the id of a published event
     * @param <T> the type of the events
     * @param <K> the type of the ids
     * @return this
     * @throws UsageException if no event at all was seen, although no fault has happened
     */
    public <T, K> OutboxAssert publishesEveryCommitted(
            Supplier<? extends Collection<? extends K>> committed, Function<T, ? extends K> id) {
        mustHaveSomethingToDo();
        Set<Object> lost = new LinkedHashSet<>(committed.get());
        lost.removeAll(ids(id));
        if (!lost.isEmpty()) {
            mustHaveSeenAnything(lost + " is committed");
            failWithMessage("%s lost events: %s committed, but never published.", actual, lost);
        }
        List<String> pending = actual.pending();
        if (!pending.isEmpty()) {
            failWithMessage(
                    "%s still has pending rows when all is quiet: %s. Does a relay run, and is a recovery named?",
                    actual, pending);
        }
        return this;
    }

    /**
     * Verifies that nothing was published that is not committed.
     *
     * @param committed gives the ids of what is committed now
     * @param id gives the id of a published event
     * @param <T> the type of the events
     * @param <K> the type of the ids
     * @return this
     */
    public <T, K> OutboxAssert publishesOnlyCommitted(
            Supplier<? extends Collection<? extends K>> committed, Function<T, ? extends K> id) {
        mustHaveSomethingToDo();
        Set<Object> phantoms = new LinkedHashSet<>(ids(id));
        phantoms.removeAll(new LinkedHashSet<Object>(committed.get()));
        if (!phantoms.isEmpty()) {
            failWithMessage("%s has phantoms: %s published, but never committed.", actual, phantoms);
        }
        return this;
    }

    /**
     * Verifies that the events of each key arrive first in the order that they have without faults; a duplicate may come at any
     * time. Events are recognised by {@code equals}, so they must not hold what varies from run to run.
     *
     * @param key gives the key of an event
     * @param <T> the type of the events
     * @return this
     * @throws UsageException if an event is not one of the fault-free run
     */
    public <T> OutboxAssert keepsOrderPer(Function<T, ?> key) {
        List<Object> found = distinct();
        List<?> before =
                (List<?>) Baseline.of(ScenarioRun.of(actual.scenario())).of("the order of " + actual, found);
        for (Object event : found) {
            if (!before.contains(event)) {
                throw new UsageException("keepsOrderPer(key) compares with the fault-free run, which had no " + event
                        + ": give the place of an event by keepsOrderPer(key, sequence).");
            }
        }
        return keepsOrderPer(key, event -> before.indexOf(event));
    }

    /**
     * Verifies that the events of each key arrive first in the order of a sequence; a duplicate may come at any time.
     *
     * @param key gives the key of an event
     * @param sequence gives the place of an event among those of its key, for example a version
     * @param <T> the type of the events
     * @param <S> the type of the sequence
     * @return this
     */
    public <T, S extends Comparable<? super S>> OutboxAssert keepsOrderPer(
            Function<T, ?> key, Function<? super T, S> sequence) {
        mustHaveSomethingToDo();
        Map<Object, T> last = new LinkedHashMap<>();
        for (Object event : distinct()) {
            Typed<T> typed = Typed.of(event, key);
            if (typed == null) {
                continue;
            }
            T before = last.put(typed.result(), typed.event());
            if (before != null && sequence.apply(before).compareTo(sequence.apply(typed.event())) > 0) {
                failWithMessage("%s broke the order of %s: %s came before %s.", actual, typed.result(), before, event);
            }
        }
        return this;
    }

    /**
     * Verifies that each committed transaction that wrote the one table wrote the other one too. It is the transaction that is
     * compared, not whether rows are there.
     *
     * @param businessTable the table of the business change
     * @param outboxTable the table of the outbox
     * @return this
     * @throws UsageException if no service wrote the business table through {@code life.dataSource}
     */
    public OutboxAssert writesInTheSameTransaction(String businessTable, String outboxTable) {
        CommittedWrites writes = CommittedWrites.of(actual.scenario().history());
        Set<Integer> business = writes.inserting(businessTable);
        if (business.isEmpty() && writes.isFaultFree()) {
            throw new UsageException("No committed transaction inserted into '" + businessTable
                    + "': does the service use life.dataSource(…), and is that the table's name?");
        }
        Set<Integer> outbox = writes.inserting(outboxTable);
        Set<Integer> apart = new LinkedHashSet<>(business);
        apart.removeAll(outbox);
        Set<Integer> alone = new LinkedHashSet<>(outbox);
        alone.removeAll(business);
        if (!apart.isEmpty() || !alone.isEmpty()) {
            failWithMessage(
                    "%s is written apart: %s inserted into '%s' without '%s', %s the other way round.",
                    actual, transactions(apart), businessTable, outboxTable, transactions(alone));
        }
        return this;
    }

    /**
     * Verifies that no row is marked as sent whose event never reached the channel.
     *
     * @param rowId gives the id of the row that an event came from, as it stands in the outbox table
     * @param <T> the type of the events
     * @return this
     * @throws UsageException if the table was not described, or no event at all was seen, although no fault has happened
     */
    public <T> OutboxAssert marksSentOnlyWhatArrived(Function<T, ?> rowId) {
        Set<String> marked = new LinkedHashSet<>(actual.sent());
        ids(rowId).forEach(id -> marked.remove(String.valueOf(id)));
        if (!marked.isEmpty()) {
            mustHaveSeenAnything(marked + " is marked as sent");
            failWithMessage("%s marked rows as sent before the broker acknowledged: %s never arrived.", actual, marked);
        }
        return this;
    }

    /** A relation may hold of nothing; whoever asserts one has noticed that nothing was delivered. */
    private void mustHaveSomethingToDo() {
        if (!ScenarioRun.of(actual.scenario()).faults().delivers()) {
            failWithMessage("%s had nothing to do: nothing was delivered.", actual);
        }
    }

    /** Without a fault nothing is lost; who sees nothing then looks at the wrong place, and must blame nobody later. */
    private void mustHaveSeenAnything(String evidence) {
        if (actual.published().isEmpty()
                && CommittedWrites.of(ScenarioRun.of(actual.scenario()).history())
                        .isFaultFree()) {
            throw new UsageException("No event was seen in " + actual + " without any fault, though " + evidence
                    + ": it sees what life.send sends, and on Kafka the producers of a Spring context. Is that the channel's "
                    + "name, and does the test let a relay run?");
        }
    }

    private <T> List<Object> ids(Function<T, ?> id) {
        List<Object> ids = new ArrayList<>();
        for (Object event : actual.published()) {
            Typed<T> typed = Typed.of(event, id);
            if (typed != null) {
                ids.add(typed.result());
            }
        }
        return ids;
    }

    private List<Object> distinct() {
        return List.copyOf(new LinkedHashSet<>(actual.published()));
    }

    private static String transactions(Set<Integer> numbers) {
        return numbers.isEmpty() ? "none" : "transaction " + numbers;
    }
}
