package io.github.atleastonce.http;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.List;

/** A delivery of a webhook before which another one may come that is not to be taken. */
record WebhookPoint(Cause cause, List<Fault> faults) implements Alternatives<Fault> {

    @Override
    public String name() {
        return cause.name();
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
        Fault fault = alternative(choice);
        String what = fault == Fault.FORGED ? " with a signature that does not fit" : " as it was sent a day ago";
        return new Option(fault, "", () -> cause.title() + what);
    }
}
