package io.github.atleastonce.spring;

/** What a scheduler does again and again by the clock: outside of runs, since within one it is the run that does it. */
record ClockedTask(Runnable work, Clockwork clockwork) implements Runnable {

    @Override
    public void run() {
        clockwork.perform(work);
    }

    @Override
    public String toString() {
        return work.toString();
    }
}
