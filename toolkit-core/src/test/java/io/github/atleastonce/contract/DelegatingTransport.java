package io.github.atleastonce.contract;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.schedule.Offer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what another transport does; subclasses do one thing otherwise. */
public class DelegatingTransport implements Transport {

    protected final Transport transport;

    protected DelegatingTransport(Transport transport) {
        this.transport = transport;
    }

    @Override
    public MessageChannel channel(String name) {
        return transport.channel(name);
    }

    @Override
    public void declare(String name, ChannelOptions options) {
        transport.declare(name, options);
    }

    @Override
    public Optional<List<StoredMessage>> contents(String name) {
        return transport.contents(name);
    }

    @Override
    public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
        transport.subscribe(life, channel, type, handler);
    }

    @Override
    public void send(Lifetime life, String channel, @Nullable String key, @Nullable Object payload) {
        transport.send(life, channel, key, payload);
    }

    @Override
    public boolean declares(String channel) {
        return transport.declares(channel);
    }

    @Override
    public boolean hasGroups() {
        return transport.hasGroups();
    }

    @Override
    public boolean takesAny() {
        return transport.takesAny();
    }

    @Override
    public boolean advance() {
        return transport.advance();
    }

    @Override
    public boolean holding() {
        return transport.holding();
    }

    @Override
    public boolean backsOff() {
        return transport.backsOff();
    }

    @Override
    public void release() {
        transport.release();
    }

    @Override
    public void settled() {
        transport.settled();
    }

    @Override
    public void offerConcurrent(Consumer<Offer> concurrent) {
        transport.offerConcurrent(concurrent);
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        transport.offerLate(late);
    }

    @Override
    public void died(Lifetime life) {
        transport.died(life);
    }

    @Override
    public List<String> leftovers() {
        return transport.leftovers();
    }

    @Override
    public void close() {
        transport.close();
    }
}
