package io.github.atleastonce.channel;

import org.apiguardian.api.API;

/** In what order a subscriber may see the messages of a channel. */
@API(status = API.Status.EXPERIMENTAL)
public enum Ordering {
    /** Messages of a partition, and so of a key, come in the order of their positions. */
    PARTITION,
    /** Any message may overtake any other: one that is held back, or tried again later, holds back no other. */
    NONE
}
