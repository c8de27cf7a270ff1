package io.github.atleastonce.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** What happened in a run, in order. Checks and stories are pure functions of it. Grows while the run goes on. */
@API(status = API.Status.INTERNAL)
public final class History {

    private final Caveats caveats;
    private final List<Event> events = new ArrayList<>(48);
    private final Set<Part> parts = new LinkedHashSet<>(4);

    /** Creates a history in which nothing has happened. */
    public History() {
        this(new Caveats());
    }

    /**
     * Creates a history in which nothing has happened.
     *
     * @param caveats what was seen that limits what the run shows; may be that of several runs
     */
    public History(Caveats caveats) {
        this.caveats = caveats;
    }

    /**
     * Returns what was seen that limits what the run shows.
     *
     * @return remarks and a refusal
     */
    public Caveats caveats() {
        return caveats;
    }

    /**
     * Adds an event; for transports and other rooms that see something happen.
     *
     * @param event what happened
     */
    public void add(Event event) {
        events.add(event);
    }

    /**
     * Adds an event that is known only now to have come before others.
     *
     * @param index how many events came before it
     * @param event what happened
     */
    public void insert(int index, Event event) {
        events.add(index, event);
    }

    /**
     * Returns all events so far.
     *
     * @return an unmodifiable live view, in order
     */
    public List<Event> events() {
        return Collections.unmodifiableList(events);
    }

    /**
     * Takes note that a service has something for an occasion.
     *
     * @param part what it has
     */
    public void has(Part part) {
        parts.add(part);
    }

    /**
     * Takes note that something was used in a way of which no event tells.
     *
     * @param part what was used
     */
    public void used(Part part) {
        parts.remove(part);
    }

    /**
     * Returns what the services have for occasions.
     *
     * @return an unmodifiable live view, in order of their first lives
     */
    public Set<Part> parts() {
        return Collections.unmodifiableSet(parts);
    }

    /**
     * Returns the events of one kind.
     *
     * @param kind the kind
     * @param <E> the kind
     * @return the events in order
     */
    public <E extends Event> Stream<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
