package io.github.atleastonce.message;

import org.apiguardian.api.API;

/**
 * The name of a message that is the same in every run: its channel, the number of its key by first appearance, and which
 * message of that key it is. The first message of the first key reads {@code orders[k1]}, the second {@code orders[k1.2]};
 * messages without a key are numbered by themselves, {@code orders[#1]}; those that
 * others than the run have put into a queue are so downwards, {@code orders[#-1]}.
 *
 * @param channel the channel's name
 * @param key the number of the key from 1, or 0 for messages without a key
 * @param nth which message of its key this is, from 1, or from -1 downwards
 */
@API(status = API.Status.INTERNAL)
public record Label(String channel, int key, int nth) {

    @Override
    public String toString() {
        if (key == 0) {
            return channel + "[#" + nth + "]";
        }
        return channel + "[k" + key + (nth == 1 ? "" : "." + nth) + "]";
    }
}
