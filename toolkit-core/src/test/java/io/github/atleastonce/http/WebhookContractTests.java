package io.github.atleastonce.http;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.Set;

/** Webhooks are a transport like any other, posted to real servers: without an order, each delivery confirmed by its answer. */
class WebhookContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return new TransportFactory() {

            @Override
            public Transport open(Run run) {
                return new HookTransport(run);
            }

            @Override
            public Capabilities capabilities() {
                return new Capabilities(
                        Set.of(
                                Fault.DUPLICATE,
                                Fault.REDELIVERY,
                                Fault.REORDER,
                                Fault.DELAY,
                                Fault.DROP,
                                Fault.CONCURRENT,
                                Fault.CRASH),
                        Ordering.NONE,
                        Confirmation.EACH_MESSAGE,
                        true);
            }

            @Override
            public Bounds bounds() {
                return Bounds.DEFAULT;
            }

            @Override
            public String toString() {
                return "by webhooks";
            }
        };
    }
}
