package io.github.atleastonce.contract;

import static io.github.atleastonce.channel.TransportFactory.IN_MEMORY;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Transports each of which breaks the contract in one way. */
final class BrokenTransports {

    private BrokenTransports() {}

    static TransportFactory factory(Capabilities capabilities, Function<Run, Transport> open) {
        return new TransportFactory() {

            @Override
            public Transport open(Run run) {
                return open.apply(run);
            }

            @Override
            public Capabilities capabilities() {
                return capabilities;
            }

            @Override
            public Set<Fault> amongNodes() {
                return IN_MEMORY.amongNodes();
            }

            @Override
            public Bounds bounds() {
                return Bounds.DEFAULT;
            }
        };
    }

    static TransportFactory delegating(UnaryOperator<Transport> breaks) {
        return factory(IN_MEMORY.capabilities(), run -> breaks.apply(IN_MEMORY.open(run)));
    }

    /** Declares other capabilities than it has. */
    static TransportFactory declaring(boolean staleDuplicates, UnaryOperator<Set<Fault>> faults) {
        Capabilities real = IN_MEMORY.capabilities();
        Set<Fault> declared = EnumSet.noneOf(Fault.class);
        declared.addAll(real.faults());
        return factory(
                new Capabilities(faults.apply(declared), real.ordering(), real.confirmation(), staleDuplicates),
                IN_MEMORY::open);
    }

    /** Declares that it keeps no order, and keeps one. */
    static TransportFactory unordered() {
        Capabilities real = IN_MEMORY.capabilities();
        return factory(
                new Capabilities(real.faults(), Ordering.NONE, real.confirmation(), real.staleDuplicates()),
                IN_MEMORY::open);
    }

    /** Hands nothing to a service twice: what a life took before it died is lost. */
    static final class LosesOnRewind extends DelegatingTransport {

        private final Set<String> taken = new HashSet<>();

        LosesOnRewind(Transport transport) {
            super(transport);
        }

        @Override
        public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
            super.subscribe(life, channel, type, message -> {
                if (!(message instanceof Message sent) || taken.add(life.service() + sent.id())) {
                    handler.handle(message);
                }
            });
        }
    }

    /** Puts a message aside whose handler threw, and tries again when the others are through, as a retry topic does. */
    static final class RetriesLater extends DelegatingTransport {

        private final Deque<Runnable> retries = new ArrayDeque<>();

        RetriesLater(Transport transport) {
            super(transport);
        }

        @Override
        public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
            super.subscribe(life, channel, type, message -> {
                try {
                    handler.handle(message);
                } catch (IllegalStateException failure) {
                    retries.add(() -> {
                        try {
                            handler.handle(message);
                        } catch (Exception again) {
                            throw new ServiceFailedException("the retry", again);
                        }
                    });
                }
            });
        }

        @Override
        public boolean advance() {
            if (super.advance()) {
                return true;
            }
            boolean retry = !retries.isEmpty();
            if (retry) {
                retries.remove().run();
            }
            return retry;
        }
    }

    /** Knows one node of a service. */
    static final class IgnoresFurtherNodes extends DelegatingTransport {

        IgnoresFurtherNodes(Transport transport) {
            super(transport);
        }

        @Override
        public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
            if (!life.service().endsWith("#2")) {
                super.subscribe(life, channel, type, handler);
            }
        }
    }

    /** Says that nothing is left to do after a few deliveries, and that nothing is left over. */
    static final class SettlesEarly extends DelegatingTransport {

        private int deliveries;

        SettlesEarly(Transport transport) {
            super(transport);
        }

        @Override
        public boolean advance() {
            return deliveries++ < 4 && super.advance();
        }

        @Override
        public List<String> leftovers() {
            return deliveries > 0 ? List.of() : super.leftovers();
        }
    }

    static final class ForgetsLeftovers extends DelegatingTransport {

        ForgetsLeftovers(Transport transport) {
            super(transport);
        }

        @Override
        public List<String> leftovers() {
            return List.of();
        }
    }

    /** Writes the second message of the suite before the first of its key. */
    static final class ReordersAKey extends DelegatingTransport {

        private @Nullable Message kept;

        ReordersAKey(Transport transport) {
            super(transport);
        }

        @Override
        public MessageChannel channel(String name) {
            return sending(super.channel(name), (channel, message) -> {
                if (message.id().equals("m-1")) {
                    kept = message;
                    return;
                }
                channel.send(message);
                if (message.id().equals("m-3") && kept != null) {
                    channel.send(kept);
                }
            });
        }
    }

    static final class LosesHeaders extends DelegatingTransport {

        LosesHeaders(Transport transport) {
            super(transport);
        }

        @Override
        public MessageChannel channel(String name) {
            return sending(
                    super.channel(name),
                    (channel, message) -> channel.send(new Message(
                            message.id(), message.key(), message.type(), Headers.none(), message.payload())));
        }
    }

    /** Delivers while it is sent to. */
    static final class DeliversAtOnce extends DelegatingTransport {

        DeliversAtOnce(Transport transport) {
            super(transport);
        }

        @Override
        public MessageChannel channel(String name) {
            return sending(super.channel(name), (channel, message) -> {
                channel.send(message);
                while (advance()) {
                    continue;
                }
            });
        }
    }

    @FunctionalInterface
    private interface Sending {

        void send(MessageChannel channel, Message message);
    }

    private static MessageChannel sending(MessageChannel channel, Sending sending) {
        return new MessageChannel() {

            @Override
            public String name() {
                return channel.name();
            }

            @Override
            public void send(Message message) {
                sending.send(channel, message);
            }

            @Override
            public void send(@Nullable String key, @Nullable Object payload, Headers headers) {
                channel.send(key, payload, headers);
            }
        };
    }
}
