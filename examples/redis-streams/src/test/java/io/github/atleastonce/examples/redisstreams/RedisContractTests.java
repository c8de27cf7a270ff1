package io.github.atleastonce.examples.redisstreams;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.queue.Queues;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.github.atleastonce.examples.redisstreams.RedisServer#isInstalled")
class RedisContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return new Queues("on Redis", new RedisStreams(RedisServer.connect(), "contract", Set.of(ORDERS, REPLIES)));
    }
}
