package io.github.atleastonce.place;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A send that may report an error: with the message not written, or written all the same.
 *
 * @param cause what is being done
 * @param channel where it sends to
 * @param faults which of the two may happen
 */
@API(status = API.Status.INTERNAL)
public record SendPoint(Cause cause, String channel, List<Fault> faults) implements Alternatives<Fault> {

    @Override
    public String name() {
        return cause.name() + "/" + new Step.Send(channel).name();
    }

    @Override
    public int options() {
        return faults.size();
    }

    @Override
    public Fault alternative(int choice) {
        return faults.get(choice - 1);
    }

    @Override
    public Option option(int choice) {
        return alternative(choice) == Fault.SEND_FAILED
                ? new Option(Fault.SEND_FAILED, "", this::phrase)
                : new Option(Fault.SEND_UNCERTAIN, "", () -> phrase() + ", and was written all the same");
    }

    private String phrase() {
        return "send to " + channel + " failed in " + cause.title();
    }
}
