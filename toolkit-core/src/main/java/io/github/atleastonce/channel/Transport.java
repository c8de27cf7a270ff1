package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Activity;
import io.github.atleastonce.run.Ports;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Carries the messages of one run: an extension point. A new one is made for each run by a {@link TransportFactory}; what
 * lasts longer, such as a broker, belongs to the factory. All methods are called on the thread of the test.
 */
@API(status = API.Status.INTERNAL)
public interface Transport extends Activity, Ports {

    /**
     * Returns the body's side of a channel.
     *
     * @param name the channel's name
     * @return the channel
     */
    MessageChannel channel(String name);

    /**
     * Declares what a channel is like, before anything is sent to it or subscribes to it.
     *
     * @param name the channel's name
     * @param options what it is like
     * @throws io.github.atleastonce.run.UsageException if the channel is in use already, or if the transport takes its
     *     channels as they are
     */
    void declare(String name, ChannelOptions options);

    /**
     * Returns what lies in a channel since the run began, whoever has put it there.
     *
     * @param name the channel's name
     * @return the messages, in order within each partition; empty if nobody has declared the channel, sent to it or subscribed to it
     */
    Optional<List<StoredMessage>> contents(String name);
}
