package io.github.atleastonce.channel;

import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.List;

/** The append of an original: this message or an earlier one once more, or this one lost, or one before it unreadable. */
record AppendPoint(
        Message message, Label label, List<StoredMessage> earlier, boolean duplicate, boolean drop, boolean poison)
        implements ChoicePoint {

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

    Fault fault(int choice) {
        if (choice <= duplicates()) {
            return Fault.DUPLICATE;
        }
        return drop && choice == duplicates() + 1 ? Fault.DROP : Fault.POISON;
    }

    @Override
    public Option option(int choice) {
        return switch (fault(choice)) {
            case DROP -> new Option(Fault.DROP, "", message.title() + " lost");
            case POISON -> new Option(Fault.POISON, "", "an unreadable record before " + message.title());
            default -> choice == 1 ? twice() : again(earlier.get(choice - 2));
        };
    }

    private Option twice() {
        return new Option(Fault.DUPLICATE, "", message.title() + " delivered twice");
    }

    private Option again(StoredMessage stale) {
        String phrase = stale.message().title() + " delivered again after " + message.title();
        return new Option(Fault.DUPLICATE, stale.label().toString(), phrase);
    }
}
