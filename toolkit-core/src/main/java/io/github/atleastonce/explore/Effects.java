package io.github.atleastonce.explore;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a fault-free run did, to be compared with another: points met, messages, steps and results. Identity hashes, UUIDs and
 * instants are masked, since they differ in any correct service.
 *
 * @param lines one line for each effect
 */
record Effects(List<String> lines) {

    private static final Pattern VARYING = Pattern.compile("@[0-9a-f]{4,8}\\b"
            + "|\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b"
            + "|\\b\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?Z?"
            + "|\\b1\\d{12}\\b");

    static Effects of(Run run) {
        List<String> lines = new ArrayList<>();
        for (Event event : run.history().events()) {
            describe(event).map(Effects::mask).ifPresent(lines::add);
        }
        Trace trace = run.schedule().trace();
        for (int i = 0; i < trace.size(); i++) {
            lines.add("came to " + trace.point(i).name());
        }
        return new Effects(lines);
    }

    /** Says where another run differs first, or nothing if it does not. */
    Optional<String> difference(Effects other) {
        for (int i = 0; i < Math.max(lines.size(), other.lines.size()); i++) {
            String here = i < lines.size() ? lines.get(i) : "nothing more happened";
            String there = i < other.lines.size() ? other.lines.get(i) : "nothing more happened";
            if (!here.equals(there)) {
                return Optional.of("first \"" + here + "\", then \"" + there + "\"");
            }
        }
        return Optional.empty();
    }

    static String mask(String text) {
        return VARYING.matcher(text).replaceAll("…");
    }

    private static Optional<String> describe(Event event) {
        if (event instanceof Event.Sent sent) {
            return Optional.of((sent.by() == null ? "the test" : sent.by()) + " sent " + name(sent.message()));
        }
        if (event instanceof Event.Delivered delivered) {
            return Optional.of(name(delivered.message()) + " reached " + delivered.subscriber());
        }
        if (event instanceof Event.HandlerFailed failed) {
            return Optional.of(failed.subscriber() + " threw " + failed.failure());
        }
        if (event instanceof Event.Stepped stepped) {
            return Optional.of(stepped.service() + " did " + stepped.step());
        }
        if (event instanceof Event.Executed executed && executed.rows() >= 0) {
            return Optional.of(executed.service() + " changed " + executed.rows() + " rows by " + executed.kind());
        }
        if (event instanceof Event.Attempted attempted) {
            return Optional.of("an attempt in " + attempted.service() + " was "
                    + attempted.attempt().result());
        }
        if (event instanceof Event.Consumed consumed) {
            return Optional.of(consumed.group() + " consumed " + consumed.records() + " of " + consumed.channel());
        }
        return Optional.empty();
    }

    private static String name(StoredMessage message) {
        return message.label() + " " + message.message().type() + " "
                + message.message().payload();
    }
}
