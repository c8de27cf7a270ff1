package io.github.atleastonce.message;

import org.apiguardian.api.API;

/** Stands for the value of a message that has none: on Kafka a record whose value is null. */
@API(status = API.Status.INTERNAL)
public enum Tombstone {
    /** The only one. */
    INSTANCE;

    @Override
    public String toString() {
        return "no value";
    }
}
