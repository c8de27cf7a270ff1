package io.github.atleastonce.schedule;

import org.apiguardian.api.API;

/** Lets nothing be delivered, and nothing go wrong besides: what a body asserts all the same holds without any service. */
@API(status = API.Status.INTERNAL)
public final class UndeliveredSchedule implements Schedule {

    private final Trace trace = new Trace();

    /** Creates the schedule. */
    public UndeliveredSchedule() {}

    @Override
    public boolean armed() {
        return false;
    }

    @Override
    public boolean delivers() {
        return false;
    }

    @Override
    public int choose(ChoicePoint point) {
        return 0;
    }

    @Override
    public Trace trace() {
        return trace;
    }
}
