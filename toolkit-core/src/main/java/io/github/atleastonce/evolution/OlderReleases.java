package io.github.atleastonce.evolution;

import io.github.atleastonce.channel.OlderForms;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The releases before today's that send to the channels of a run. What today's consumer cannot read of them fails the run. */
final class OlderReleases implements OlderForms {

    private final Map<String, Map<Path, Forms>> channels = new HashMap<>(2);
    private @Nullable String unread;

    private OlderReleases(Run run) {
        run.claims().add(this::requireRead);
    }

    /** Lets the releases send to a channel. What they wrote is read only where it is asked for: this is done in every run. */
    static void sendTo(Run run, String channel, Folder folder, Supplier<Forms> forms) {
        if (run.faults().wants(Fault.OLD_SCHEMA)) {
            OlderReleases releases = (OlderReleases) run.belonging(OlderForms.class, OlderReleases::new);
            releases.channels
                    .computeIfAbsent(channel, any -> new LinkedHashMap<>(1))
                    .put(folder.location(), forms.get());
        } else {
            run.history()
                    .caveats()
                    .remark("older versions of " + folder.event() + " not tried: OLD_SCHEMA is not among the faults");
        }
    }

    private @Nullable Forms of(String channel, Message message) {
        return channels.getOrDefault(channel, Map.of()).values().stream()
                .filter(forms -> forms.isOf(message.payload()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Integer> versions(String channel, Message message) {
        Forms forms = of(channel, message);
        return forms == null ? List.of() : forms.versions(message.payload());
    }

    @Override
    public Written written(String channel, Message message, int version, boolean asBytes) {
        Forms forms = of(channel, message);
        if (forms == null) {
            return new Written(message, null);
        }
        try {
            return forms.written(message, version, asBytes);
        } catch (UsageException refusal) {
            throw refusal;
        } catch (Exception | AssertionError failure) {
            unread = "Today's consumer does not read v" + version + " of " + message.title() + ": " + failure;
            return new Written(message, null);
        }
    }

    private void requireRead() {
        if (unread != null) {
            throw new AssertionError(unread);
        }
    }
}
