package io.github.atleastonce.saga;

import io.github.atleastonce.check.PayloadPath;
import io.github.atleastonce.check.Typed;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Describes a saga: which messages and rows belong to one, by what each step shows, and how it ends. It is for {@link Sagas}, and says nothing of
 * who leads the process, if anybody does.
 *
 * <pre>{@code
 * static final Saga ORDER = Saga.correlatedBy(OrderEvent::orderId)
 *     .startedBy(OrderPlaced.class)
 *     .step("credit").doneBy(CreditReserved.class).undoneBy(CreditReleased.class)
 *     .step("stock").doneBy(StockReserved.class).undoneBy(StockReleased.class)
 *     .ends(OrderApproved.class).orEnds(OrderRejected.class);
 * }</pre>
 *
 * <p>Whatever is shown by a message may be shown by a row instead: {@code doneBy("reservation", () -> reservedOrders())}, with a query that gives the
 * ids of all sagas of which there is one; or by messages that are recognised by a lambda. Immutable, if what it is given is. The pattern is that of Garcia-Molina and
 * Salem, as microservices.io (Richardson) tells it.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Saga {

    /** How a saga may end. */
    record Ending(Sign sign, boolean completes) {}

    private final List<Function<Message, @Nullable Object>> correlations;
    private final Function<? super Message, ?> identity;
    private final @Nullable Sign start;
    private final List<StepSigns> steps;
    private final List<Ending> endings;

    private Saga(
            List<Function<Message, @Nullable Object>> correlations,
            Function<? super Message, ?> identity,
            @Nullable Sign start,
            List<StepSigns> steps,
            List<Ending> endings) {
        this.correlations = correlations;
        this.identity = identity;
        this.start = start;
        this.steps = steps;
        this.endings = endings;
    }

    private static Saga correlated(Function<Message, @Nullable Object> id) {
        return new Saga(
                List.of(id), message -> Arrays.asList(message.key(), message.payload()), null, List.of(), List.of());
    }

    /**
     * Begins a description of sagas whose messages say in their payload to which one they belong.
     *
     * @param id gives the id of the saga; takes one type of payloads, usually what all of them are
     * @param <T> that type
     * @return the beginning
     */
    public static <T> Saga correlatedBy(Function<T, ?> id) {
        return correlated(typed(id));
    }

    /**
     * Begins a description of sagas whose messages say in their payload, which is an object or JSON as text, to which one they belong.
     *
     * @param path the way to the id of the saga, for example {@code $.order.id}
     * @return the beginning
     */
    public static Saga correlatedBy(String path) {
        PayloadPath way = PayloadPath.of(path);
        return correlated(message -> {
            try {
                return way.in(message.payload());
            } catch (PayloadPath.MissingException | UsageException notThere) {
                return null;
            }
        });
    }

    /**
     * Begins a description of sagas that the keys of the messages tell apart.
     *
     * @return the beginning
     */
    public static Saga correlatedByKey() {
        return correlated(Message::key);
    }

    private static <T> Function<Message, @Nullable Object> typed(Function<T, ?> id) {
        return message -> {
            Typed<T> typed = Typed.of(message.payload(), id);
            return typed == null ? null : typed.result();
        };
    }

    /**
     * Says how messages of another type name their saga.
     *
     * @param id gives the id of the saga
     * @param <T> the type of the payloads
     * @return the description
     */
    public <T> Saga orBy(Function<T, ?> id) {
        return new Saga(with(correlations, typed(id)), identity, start, steps, endings);
    }

    /**
     * Says by what a message that a service has sent again is known from one that is new, if not by its key and payload: for example by the header
     * in which the service puts an id of its own. A service that works at least once may send the same again, so that counts once.
     *
     * @param id gives the id of a message
     * @return the description
     */
    public Saga identifiedBy(Function<? super Message, ?> id) {
        return new Saga(correlations, id, start, steps, endings);
    }

    /**
     * Says what begins a saga. Without it a saga begins with the first command, step or ending that is seen.
     *
     * @param message the type of a message's payload
     * @return the description
     */
    public Saga startedBy(Class<?> message) {
        return startedBy(Sign.OfMessage.of(message));
    }

    /**
     * Says by which row one sees that a saga has begun.
     *
     * @param table what the row is, for messages
     * @param ids gives the ids of the sagas of which there is one
     * @return the description
     */
    public Saga startedBy(String table, Supplier<? extends Collection<?>> ids) {
        return startedBy(new Sign.OfRow(table, ids));
    }

    private Saga startedBy(Sign sign) {
        return new Saga(correlations, identity, sign, steps, endings);
    }

    /**
     * Adds a step, in the order in which they are done.
     *
     * @param name its name, for messages
     * @return what is to be said of it
     */
    public SagaStep step(String name) {
        return new SagaStep(this, new StepSigns(name, null, null, null, null));
    }

    Saga ends(Sign sign, boolean completes) {
        return new Saga(correlations, identity, start, steps, with(endings, new Ending(sign, completes)));
    }

    /**
     * Says how a saga ends that does not complete: what was done is undone.
     *
     * @param message the type of a message's payload
     * @return the description
     */
    public Saga orEnds(Class<?> message) {
        return ends(Sign.OfMessage.of(message), false);
    }

    /**
     * Says how a saga ends that does not complete, by messages that a lambda recognises.
     *
     * @param name what they are, for messages
     * @param is says whether a message is one
     * @return the description
     */
    public Saga orEnds(String name, Predicate<? super Message> is) {
        return ends(new Sign.OfMessage(name, is), false);
    }

    /**
     * Says how a saga ends that does not complete, by a row.
     *
     * @param table what the row is, for messages
     * @param ids gives the ids of the sagas of which there is one
     * @return the description
     */
    public Saga orEnds(String table, Supplier<? extends Collection<?>> ids) {
        return ends(new Sign.OfRow(table, ids), false);
    }

    @Nullable
    String idOf(Message message) {
        for (Function<Message, @Nullable Object> correlation : correlations) {
            Object id = correlation.apply(message);
            if (id != null) {
                return id.toString();
            }
        }
        return null;
    }

    Object identityOf(Message message) {
        return identity.apply(message);
    }

    List<StepSigns> steps() {
        return steps;
    }

    StepSigns stepNamed(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("This saga has no step '" + name + "', but " + steps + "."));
    }

    List<Ending> endings() {
        return endings;
    }

    /** Returns all that shows anything, each in the order of the description. */
    List<Sign> signs() {
        return Stream.of(
                        Stream.ofNullable(start),
                        steps.stream().flatMap(StepSigns::signs),
                        endings.stream().map(Ending::sign))
                .flatMap(signs -> signs)
                .toList();
    }

    /** Adds a step that was described. */
    Saga with(StepSigns step) {
        if (step.done() == null) {
            throw new UsageException("The step " + step + " of the saga wants doneBy(…): what shows that it was done.");
        }
        if (steps.stream().anyMatch(other -> other.name().equals(step.name()))) {
            throw new UsageException("The saga has two steps " + step + ": give each a name of its own.");
        }
        return new Saga(correlations, identity, start, with(steps, step), endings);
    }

    private static <T> List<T> with(List<? extends T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }
}
