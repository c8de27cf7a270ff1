package io.github.atleastonce.hosted;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.atleastonce.run.Lifetime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The owners whose threads take part in a run, and whose lives these are. Guarded by whoever has it. */
final class TaskOwners {

    private final Supplier<Lifetime> application;
    private final Set<TaskOwner> all = new LinkedHashSet<>(2);

    /**
     * Creates none.
     *
     * @param application returns the present life of the one application that the test has, for owners that have no life of their own
     */
    TaskOwners(Supplier<Lifetime> application) {
        this.application = application;
    }

    void add(TaskOwner owner) {
        all.add(owner);
    }

    /** Forgets those that lived one life only. */
    void forget(Lifetime dead) {
        all.removeIf(owner -> owner.life().filter(dead::equals).isPresent());
    }

    Lifetime lifeOf(TaskOwner owner) {
        return owner.life().orElseGet(application);
    }

    boolean has(String name) {
        return all.stream().anyMatch(owner -> owner.name().equals(name));
    }

    boolean isAlive(String name) {
        return all.stream()
                .anyMatch(owner -> owner.name().equals(name) && !lifeOf(owner).isDead());
    }

    Set<String> names() {
        return all.stream().map(TaskOwner::name).collect(toUnmodifiableSet());
    }

    List<TaskOwner> that(Predicate<TaskOwner> are) {
        return all.stream().filter(are).toList();
    }
}
