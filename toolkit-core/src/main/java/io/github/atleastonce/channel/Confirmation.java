package io.github.atleastonce.channel;

import org.apiguardian.api.API;

/** When the position of a subscriber is confirmed, so that no redelivery goes back behind it. */
@API(status = API.Status.EXPERIMENTAL)
public enum Confirmation {
    /** With each message that was handled. */
    EACH_MESSAGE,
    /** When nothing is left to handle, as a consumer does that commits a whole batch. */
    WHEN_QUIET
}
