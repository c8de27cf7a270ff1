package io.github.atleastonce.channel;

import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.List;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/** Asks which release writes a message: today's, or one before it, where a room knows what was written then. That is lawful on any transport. */
@API(status = API.Status.INTERNAL)
public final class Releases {

    private Releases() {}

    /**
     * Says whether a message may be written by a release before today's, now.
     *
     * @param run the run
     * @param channel the channel's name
     * @param today the message as it is written today
     * @return the versions in which it may be written, the oldest first
     */
    public static List<Integer> versions(Run run, String channel, Message today) {
        return run.faults().offers(Fault.OLD_SCHEMA)
                ? run.belonging(OlderForms.class)
                        .map(forms -> forms.versions(channel, today))
                        .orElse(List.of())
                : List.of();
    }

    /**
     * Asks the schedule who writes a message.
     *
     * @param run the run
     * @param channel the channel's name
     * @param today the message as it is written today
     * @param place names where it is sent
     * @param versions those of {@link #versions}
     * @param asBytes whether the channel carries bytes
     * @return the message as it is sent
     */
    public static OlderForms.Written ask(
            Run run, String channel, Message today, Supplier<String> place, List<Integer> versions, boolean asBytes) {
        Integer version = versions.isEmpty() ? null : run.faults().choose(new FormPoint(today, place.get(), versions));
        return version == null
                ? new OlderForms.Written(today, null)
                : run.belonging(OlderForms.class).orElseThrow().written(channel, today, version, asBytes);
    }
}
