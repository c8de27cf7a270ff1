package io.github.atleastonce.explore;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What a claim remarks, out of what the runs were seen to lack, and then of what had no occasion in any of them. */
final class Idleness {

    private Idleness() {}

    static Set<String> remarks(Collection<String> seen, Collection<Share.Idle> idle) {
        Set<String> remarks = new LinkedHashSet<>(seen);
        Set<String> idleServices =
                idle.stream().filter(Share.Idle::whole).map(Share.Idle::service).collect(Collectors.toSet());
        idle.stream()
                .filter(part -> part.whole() || !idleServices.contains(part.service()))
                .forEach(part -> remarks.add(part.words()));
        return Collections.unmodifiableSet(remarks);
    }
}
