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
import java.util.function.IntBinaryOperator;

/**
 * What a run did, to be compared with another: points met, messages, steps and results. Identity hashes, UUIDs, instants
 * and what stopwatches show are masked, since they differ in any correct service. How much a consumer group of its own has consumed is
 * one sum: when a run learns of it is chance, the more so as groups join one after the other.
 *
 * @param lines one line for each effect
 * @param points the names of the points met
 * @param boots those of either that the starts of services had
 */
record Effects(List<String> lines, List<String> points, List<String> boots) {

    private static final String MET = "came to ";
    private static final String NO_MORE = "nothing more happened";

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
                boots.add(MET + Cause.boot(booted.service()).name());
            }
        }
        consumed.entrySet().stream()
                .map(each ->
                        new Event.Consumed(each.getKey().group(), each.getKey().channel(), each.getValue()))
                .flatMap(sum -> sum.effect().stream())
                .sorted()
                .forEach(lines::add);
        Trace trace = run.schedule().trace();
        List<String> points = new ArrayList<>();
        for (int i = 0; i < trace.size(); i++) {
            points.add(MET + trace.point(i).name());
        }
        return new Effects(lines, points, boots);
    }

    /** Says whether another run differs in more than what services did in their first start. */
    boolean differsBesidesBoots(Effects other) {
        return withoutBoots().difference(other.withoutBoots()).isPresent();
    }

    /** What a service does in its start comes before everything else that it does. */
    private Effects withoutBoots() {
        List<String> left = new ArrayList<>(lines);
        List<String> met = new ArrayList<>(points);
        boots.forEach(boot -> {
            if (boot.startsWith(MET)) {
                met.removeIf(point -> point.startsWith(boot));
            } else {
                left.remove(boot);
            }
        });
        return new Effects(left, met, List.of());
    }

    /** Says where another run differs first, or nothing if it does not. */
    Optional<String> difference(Effects other) {
        return difference(lines, other.lines, Math::max).or(() -> difference(points, other.points, Math::max));
    }

    /** Says where another run differs first, as far as both of them came: one that failed has an end of its own. */
    Optional<String> parting(Effects other) {
        return difference(points, other.points, Math::min).or(() -> difference(lines, other.lines, Math::min));
    }

    private static Optional<String> difference(List<String> first, List<String> second, IntBinaryOperator size) {
        for (int i = 0; i < size.applyAsInt(first.size(), second.size()); i++) {
            String here = i < first.size() ? first.get(i) : NO_MORE;
            String there = i < second.size() ? second.get(i) : NO_MORE;
            // Nearly always they are equal as they are, which spares the search for what varies.
            if (!here.equals(there) && !Varying.masked(here).equals(Varying.masked(there))) {
                return Optional.of("first \"" + Varying.masked(here) + "\", then \"" + Varying.masked(there) + "\"");
            }
        }
        return Optional.empty();
    }
}
