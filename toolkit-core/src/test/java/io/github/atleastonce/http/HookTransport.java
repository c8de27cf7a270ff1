package io.github.atleastonce.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.contract.DelegatingTransport;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.Tombstone;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks as the contract wants a transport: each channel is a sender, each subscriber an endpoint at a server of its own. What a webhook has no
 * place for, such as a key that is not its id, travels in headers.
 */
final class HookTransport extends DelegatingTransport {

    private static final String ID = "x-id";
    private static final String KEY = "x-key";
    private static final String TYPE = "x-type";
    private static final String NOTHING = "x-nothing";

    private final Webhooks webhooks;
    private final Map<String, Deliveries> senders = new HashMap<>(2);

    HookTransport(Run run) {
        this(new Webhooks(run));
    }

    private HookTransport(Webhooks webhooks) {
        super(webhooks);
        this.webhooks = webhooks;
    }

    private Deliveries sender(String channel) {
        return senders.computeIfAbsent(channel, webhooks::sender);
    }

    private static Message wrapped(Message message) {
        Map<String, String> headers = new LinkedHashMap<>(message.headers().asMap());
        headers.put(ID, message.id());
        headers.put(KEY, String.valueOf(message.key()));
        headers.put(TYPE, message.type());
        if (message.isTombstone()) {
            headers.put(NOTHING, "true");
        }
        Object body = message.isTombstone() ? "" : message.payload();
        return new Message(message.id(), message.key(), message.type(), Headers.of(headers), body);
    }

    private static Message unwrapped(HttpExchange exchange, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new Message(
                headers.get(ID),
                headers.get(KEY),
                headers.get(TYPE),
                Headers.of(headers),
                headers.containsKey(NOTHING) ? Tombstone.INSTANCE : body);
    }

    @Override
    public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
        URI server =
                JdkServer.start(life::onDeath, (exchange, body) -> answer(type, handler, unwrapped(exchange, body)));
        webhooks.deliver(sender(channel), life, new Endpoint(server));
    }

    private static <T> int answer(Class<T> type, Handler<T> handler, Message message) {
        try {
            handler.handle(type.cast(message));
            return 204;
        } catch (Exception failure) {
            return 500;
        }
    }

    @Override
    public MessageChannel channel(String name) {
        sender(name);
        MessageChannel log = webhooks.channel(name);
        return new MessageChannel() {

            @Override
            public String name() {
                return name;
            }

            @Override
            public void send(Message message) {
                log.send(wrapped(message));
            }

            @Override
            public void send(@Nullable String key, @Nullable Object payload, Headers headers) {
                throw new UnsupportedOperationException("The contract sends whole messages.");
            }
        };
    }

    @Override
    public void send(Lifetime life, String channel, @Nullable String key, @Nullable Object payload) {
        sender(channel);
        webhooks.send(life, channel, key, wrapped((Message) payload));
    }

    @Override
    public void declare(String name, ChannelOptions options) {
        sender(name);
        webhooks.declare(name, options);
    }

    @Override
    public boolean takesAny() {
        return true;
    }
}
