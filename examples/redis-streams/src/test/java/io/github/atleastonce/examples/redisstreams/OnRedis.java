package io.github.atleastonce.examples.redisstreams;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.junit.TransportProvider;
import io.github.atleastonce.queue.Queues;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets fault tests send to the stream {@code orders}, which the group {@code credit} reads. Found by the service loader. */
public final class OnRedis implements TransportProvider {

    @Override
    public Optional<TransportFactory> find(ExtensionContext test) {
        return Optional.of(new Queues("on Redis", new RedisStreams(RedisServer.connect(), "credit", Set.of("orders"))));
    }
}
