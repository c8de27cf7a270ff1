package io.github.atleastonce.check;

import io.github.atleastonce.message.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Asserts what lies on a channel: all that AssertJ knows of lists of {@link Message}, and what messages have besides. The order is that of the
 * channel; on Kafka it is certain within a partition, so within a key.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class MessagesAssert
        extends AbstractListAssert<MessagesAssert, List<? extends Message>, Message, ObjectAssert<Message>> {

    private final Messages source;

    MessagesAssert(List<? extends Message> messages, Messages source) {
        super(messages, MessagesAssert.class);
        this.source = source;
    }

    /**
     * Keeps the messages of one key.
     *
     * @param key the key
     * @return assertions about them
     */
    public MessagesAssert withKey(String key) {
        return keep(message -> key.equals(message.key()), "with key '" + key + "'");
    }

    /**
     * Keeps the messages that have a header.
     *
     * @param name the header's name
     * @param value its value, as text
     * @return assertions about them
     */
    public MessagesAssert withHeader(String name, String value) {
        return keep(
                message -> value.equals(message.headers().get(name)), "with header '" + name + "' = '" + value + "'");
    }

    /**
     * Leaves out what has the same key, payload and headers as a message before it: a service that works at least once may send it again.
     *
     * @return assertions about the rest
     */
    public MessagesAssert withoutRepetitions() {
        Map<List<?>, Message> first = new LinkedHashMap<>();
        for (Message message : actual) {
            Object payload = message.payload() instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : message.payload();
            first.putIfAbsent(Arrays.asList(message.key(), payload, message.headers()), message);
        }
        return derived(List.copyOf(first.values()), "without repetitions");
    }

    /**
     * Looks at the payloads.
     *
     * @return assertions about them, in order
     */
    public ListAssert<Object> payloads() {
        return payloads(Object.class);
    }

    /**
     * Looks at the payloads of one type; others pass by.
     *
     * @param type the type
     * @param <T> the type
     * @return assertions about them, in order
     */
    public <T> ListAssert<T> payloads(Class<T> type) {
        return Assertions.assertThat(actual.stream()
                        .map(Message::payload)
                        .filter(type::isInstance)
                        .map(type::cast)
                        .toList())
                .as("%s, their payloads", info.descriptionText());
    }

    /**
     * Looks at one value in each payload, which is an object or JSON as text.
     *
     * @param path the names on the way to it, for example {@code customer.id}, {@code $.lines[0].amount}
     * @return assertions about the values, in order: texts, numbers, booleans, lists and maps, or what the objects hold
     */
    public ListAssert<Object> json(String path) {
        PayloadPath way = PayloadPath.of(path);
        return Assertions.<Message>assertThat(actual)
                .as("%s, their %s", info.descriptionText(), path)
                .extracting(message -> value(message, way, path))
                .asInstanceOf(InstanceOfAssertFactories.LIST);
    }

    private @Nullable Object value(Message message, PayloadPath way, String path) {
        try {
            return way.in(message.payload());
        } catch (PayloadPath.MissingException missing) {
            failWithMessage("%s has no '%s': %s", message.title(), path, missing.getMessage());
            return null;
        }
    }

    /**
     * Verifies that within each key a number, time or the like never goes back. Payloads of other types pass by.
     *
     * @param order gives what says the order, for example a version
     * @param <T> the type of the payloads
     * @param <C> the type of what says the order
     * @return this
     */
    public <T, C extends Comparable<? super C>> MessagesAssert keepOrderPerKey(Function<T, C> order) {
        Map<String, C> last = new HashMap<>();
        for (Message message : actual) {
            Typed<T> typed = Typed.of(message.payload(), order);
            if (typed != null) {
                @SuppressWarnings("unchecked")
                C now = (C) Objects.requireNonNull(typed.result());
                C before = last.put(String.valueOf(message.key()), now);
                if (before != null && before.compareTo(now) > 0) {
                    failWithMessage("%s comes after one with %s, and has %s.", message.title(), before, now);
                }
            }
        }
        return this;
    }

    /** Verifies that there is none, though something could have come: all is quiet, and messages were delivered in this run. */
    public void hasNone() {
        if (!source.delivers()) {
            failWithMessage("Nothing was delivered, so nothing could have come.");
        }
        isEmpty();
    }

    private MessagesAssert keep(Predicate<Message> wanted, String words) {
        return derived(actual.stream().filter(wanted).toList(), words);
    }

    private MessagesAssert derived(List<? extends Message> messages, String words) {
        return new MessagesAssert(messages, source).as("%s %s", info.descriptionText(), words);
    }

    @Override
    protected ObjectAssert<Message> toAssert(Message value, String description) {
        return new ObjectAssert<>(value).as(description);
    }

    @Override
    protected MessagesAssert newAbstractIterableAssert(Iterable<? extends Message> messages) {
        List<Message> copy = new ArrayList<>();
        messages.forEach(copy::add);
        return new MessagesAssert(copy, source);
    }
}
