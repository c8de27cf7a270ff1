package io.github.atleastonce.explore;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a fault-free run did, to be compared with another: points met, messages, steps and results. Identity hashes, UUIDs, instants
 * and what stopwatches show are masked, since they differ in any correct service. How much a consumer group of its own has consumed is
 * one sum: when a run learns of it is chance, the more so as groups join one after the other.
 *
 * @param lines one line for each effect
 * @param boots those of them that the starts of services had
 */
record Effects(List<String> lines, List<String> boots) {

    static Effects of(Run run) {
        List<String> lines = new ArrayList<>();
        List<String> boots = new ArrayList<>();
        Map<Event.Consumed, Long> consumed = new LinkedHashMap<>();
        for (Event event : run.history().events()) {
            if (event instanceof Event.Consumed some) {
                consumed.merge(new Event.Consumed(some.group(), some.channel(), 0), some.records(), Long::sum);
            } else {
                event.effect().ifPresent(lines::add);
            }
            if (event instanceof Event.Booted booted) {
                lines.stream()
                        .filter(line -> line.startsWith(booted.service() + " "))
                        .forEach(boots::add);
                boots.add("came to " + Cause.boot(booted.service()).name());
            }
        }
        consumed.entrySet().stream()
                .map(each ->
                        new Event.Consumed(each.getKey().group(), each.getKey().channel(), each.getValue()))
                .flatMap(sum -> sum.effect().stream())
                .sorted()
                .forEach(lines::add);
        Trace trace = run.schedule().trace();
        for (int i = 0; i < trace.size(); i++) {
            lines.add("came to " + trace.point(i).name());
        }
        return new Effects(lines, boots);
    }

    /** Says whether another run differs in more than what services did in their first start. */
    boolean differsBesidesBoots(Effects other) {
        return new Effects(withoutBoots(), List.of())
                .difference(new Effects(other.withoutBoots(), List.of()))
                .isPresent();
    }

    /** What a service does in its start comes before everything else that it does. */
    private List<String> withoutBoots() {
        List<String> left = new ArrayList<>(lines);
        boots.forEach(boot -> {
            if (boot.startsWith("came to ")) {
                left.removeIf(line -> line.startsWith(boot));
            } else {
                left.remove(boot);
            }
        });
        return left;
    }

    /** Says where another run differs first, or nothing if it does not. */
    Optional<String> difference(Effects other) {
        for (int i = 0; i < Math.max(lines.size(), other.lines.size()); i++) {
            String here = i < lines.size() ? lines.get(i) : "nothing more happened";
            String there = i < other.lines.size() ? other.lines.get(i) : "nothing more happened";
            // Nearly always they are equal as they are, which spares the search for what varies.
            if (!here.equals(there) && !Varying.masked(here).equals(Varying.masked(there))) {
                return Optional.of("first \"" + Varying.masked(here) + "\", then \"" + Varying.masked(there) + "\"");
            }
        }
        return Optional.empty();
    }
}
