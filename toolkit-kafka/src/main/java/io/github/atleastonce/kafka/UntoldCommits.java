package io.github.atleastonce.kafka;

import io.github.atleastonce.kafka.proxy.Commit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was committed and nobody has been told of, which the broker knows already: a process may die of it, a member be about to leave. Guarded by
 * whoever has it.
 */
final class UntoldCommits {

    private final Set<Commit> all = new HashSet<>(1);

    void add(Commit commit) {
        all.add(commit);
    }

    void remove(Commit commit) {
        all.remove(commit);
    }

    /** Whoever has died is told nothing any more. */
    void forgetDead(WireLives lives) {
        all.removeIf(commit -> lives.isDead(commit.door()));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Names the groups that are about to be told: a step that the run does not know yet. */
    List<String> words() {
        return all.stream()
                .map(commit -> "group " + commit.group() + " has not been told of what it has committed")
                .distinct()
                .toList();
    }
}
