package io.github.atleastonce.kafka.proxy;

import org.apiguardian.api.API;

/** What is to happen with a request. */
@API(status = API.Status.INTERNAL)
public enum Verdict {
    /** It goes on as it came. */
    PASS,
    /** The broker never sees it, and the client is told that it failed. */
    FAIL,
    /** The broker does what it asks for, and the client is told that it failed. */
    LOSE_ANSWER,
    /** The broker never sees it, and the client is told that it was done. */
    LOSE,
    /** What it appends is appended once more, before the client is answered. */
    TWICE,
    /** The member that sends it leaves its group before. */
    EVICT,
    /** Its connection is cut before the broker sees it. */
    CUT,
    /** Its connection is cut after the broker has done what it asks for, before the client is answered. */
    CUT_AFTER
}
