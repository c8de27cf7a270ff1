package io.github.atleastonce.run;

/** An attempt of the test body. */
record AttemptCause(String service, int number) implements Cause {

    @Override
    public String name() {
        return service + "#" + number;
    }

    @Override
    public String title() {
        return "attempt " + number + " in " + service;
    }

    @Override
    public String start() {
        return "the attempt";
    }
}
