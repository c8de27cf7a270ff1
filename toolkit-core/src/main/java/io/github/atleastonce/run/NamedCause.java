package io.github.atleastonce.run;

/** Something that a service does by itself, such as a poller's tick. */
record NamedCause(String service, String part) implements Cause {

    @Override
    public String name() {
        return service + "." + part;
    }

    @Override
    public String title() {
        return part + " of " + service;
    }

    @Override
    public String start() {
        return "the " + part;
    }
}
