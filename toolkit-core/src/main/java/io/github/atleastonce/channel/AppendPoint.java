package io.github.atleastonce.channel;

import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.List;

/** The append of an original: this message or an earlier one once more, or this one lost, or one before it unreadable. */
record AppendPoint(
        Message message, Label label, List<StoredMessage> earlier, boolean duplicate, boolean drop, boolean poison)
        implements Alternatives<AppendPoint.Harm> {

    /** What happens to an append. */
    sealed interface Harm {

        /** The message is appended twice. */
        record Twice() implements Harm {}

        /** An earlier message is appended once more behind it. */
        record Again(StoredMessage stale) implements Harm {}

        /** The message is not appended. */
        record Lost() implements Harm {}

        /** Something that cannot be read is appended before it. */
        record Unreadable() implements Harm {}
    }

    @Override
    public String name() {
        return label.toString();
    }

    @Override
    public int options() {
        return duplicates() + (drop ? 1 : 0) + (poison ? 1 : 0);
    }

    private int duplicates() {
        return duplicate ? 1 + earlier.size() : 0;
    }

    @Override
    public Harm alternative(int choice) {
        int duplicates = duplicates();
        if (choice <= duplicates) {
            return choice == 1 ? new Harm.Twice() : new Harm.Again(earlier.get(choice - 2));
        }
        return drop && choice == duplicates + 1 ? new Harm.Lost() : new Harm.Unreadable();
    }

    @Override
    public Option option(int choice) {
        int duplicates = duplicates();
        if (choice > duplicates) {
            return drop && choice == duplicates + 1
                    ? new Option(Fault.DROP, "", () -> message.title() + " lost")
                    : new Option(Fault.POISON, "", () -> "an unreadable record before " + message.title());
        }
        if (choice == 1) {
            return new Option(Fault.DUPLICATE, "", () -> message.title() + " delivered twice");
        }
        StoredMessage stale = earlier.get(choice - 2);
        return new Option(
                Fault.DUPLICATE,
                stale.label(),
                () -> stale.message().title() + " delivered again after " + message.title());
    }
}
