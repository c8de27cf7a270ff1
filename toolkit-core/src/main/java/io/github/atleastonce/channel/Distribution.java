package io.github.atleastonce.channel;

import org.apiguardian.api.API;

/** Who gets the messages of a channel: every group that reads it, or whoever comes first. */
@API(status = API.Status.INTERNAL)
public enum Distribution {
    /** A log: every group gets every message, one that comes late included. */
    EVERY_GROUP,
    /** A queue: each message goes to one of the competing consumers, and waits for one if there is none. */
    ONE_CONSUMER
}
