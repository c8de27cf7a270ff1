package io.github.atleastonce.channel;

import io.github.atleastonce.message.Message;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.List;

/** The sending of a message that a release before today's may have written: in one of the versions of then. */
record FormPoint(Message message, String name, List<Integer> versions) implements Alternatives<Integer> {

    @Override
    public int options() {
        return versions.size();
    }

    @Override
    public Integer alternative(int choice) {
        return versions.get(choice - 1);
    }

    @Override
    public Option option(int choice) {
        String version = "v" + alternative(choice);
        return new Option(
                Fault.OLD_SCHEMA,
                version,
                () -> message.title() + " written as " + version + ", by a release before today's");
    }
}
