package io.github.atleastonce.kafka.proxy;

import io.github.atleastonce.kafka.proxy.Messages.Direction;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer. What nobody has changed goes on as the bytes that came. Used by the thread that passes requests on, and after that by
 * the one that passes answers on.
 */
final class Exchange {

    private static final int UNSUPPORTED_VERSION = 35;

    private final Messages messages;
    private final Frame asked;
    private final int key;
    private final int version;
    private final int correlation;
    private final @Nullable String client;
    private final int bodyAt;
    private @Nullable Struct request;
    private boolean requestChanged;
    private @Nullable Struct response;
    private boolean responseChanged;
    private @Nullable Struct substitute;
    private @Nullable Verdict verdict;
    private @Nullable AppendVerdict ofAppend;
    private @Nullable Struct supplement;
    private BooleanSupplier others = () -> false;

    private Exchange(Messages messages, Frame asked) {
        this.messages = messages;
        this.asked = asked;
        ByteBuffer body = asked.body();
        try {
            this.key = body.getShort();
            this.version = body.getShort();
            this.correlation = body.getInt();
            Optional<Schema> known = messages.find(Direction.REQUEST, key, version);
            if (known.isPresent()) {
                WireReader header = new WireReader(body);
                this.client = header.text();
                if (known.get().isFlexible()) {
                    header.passTags();
                }
                this.bodyAt = body.position();
            } else {
                this.client = null;
                this.bodyAt = 0;
            }
        } catch (BufferUnderflowException shorter) {
            throw new MalformedMessageException("A message ends in its header.");
        }
    }

    /** Reads the header of a request. */
    static Exchange of(Frame asked, Messages messages) {
        return new Exchange(messages, asked);
    }

    int key() {
        return key;
    }

    boolean is(Api api) {
        return key == api.key();
    }

    int version() {
        return version;
    }

    int correlation() {
        return correlation;
    }

    /** Returns the id that the client gives itself, empty if none. */
    String client() {
        return client == null ? "" : client;
    }

    /** Says whether the version is newer than those that are understood, though its API is one that has to be. */
    boolean isTooNew() {
        return version > messages.newest(key);
    }

    /** Returns the request, or null if this version of it is not understood. */
    @Nullable
    Struct request() {
        if (request == null && bodyAt > 0) {
            Optional<Schema> schema = messages.find(Direction.REQUEST, key, version);
            if (schema.isPresent()) {
                ByteBuffer body = asked.body();
                body.position(bodyAt);
                request = new WireReader(body).struct(schema.get());
            }
        }
        return request;
    }

    void requestChanged() {
        requestChanged = true;
    }

    /** The bytes of a request that is passed on as it came. */
    ByteBuffer bytesAsked() {
        return asked.body();
    }

    /** What is to happen with this request, as was decided when it came. */
    @Nullable
    Verdict verdict() {
        return verdict;
    }

    void verdict(Verdict decided) {
        verdict = decided;
    }

    void verdict(AppendVerdict decided) {
        verdict = decided.verdict();
        ofAppend = decided;
    }

    /** Says whether a batch of this request is to be written twice. */
    boolean isTwice(Append append) {
        AppendVerdict decided = ofAppend;
        return decided != null && decided.verdict() == Verdict.TWICE && decided.hits(append);
    }

    /**
     * Lets the broker never see this request: it is asked something harmless instead, so that answers keep their order, and the client is given
     * this answer.
     */
    void answerInstead(Struct answer) {
        substitute = answer;
    }

    /** Lets the answer hold something, too, that the broker has not been asked for. */
    void supplement(Struct answer) {
        supplement = answer;
    }

    @Nullable
    Struct supplement() {
        return supplement;
    }

    /** Learns how to know whether the client waits for another answer, too, which comes after this one. */
    void amongOthers(BooleanSupplier awaited) {
        others = awaited;
    }

    /** Says whether the client waits for another answer, too. */
    boolean keepsOthersWaiting() {
        return others.getAsBoolean();
    }

    Frame outgoing() {
        if (substitute != null || key == Api.API_VERSIONS.key() && isTooNew()) {
            return Frame.of(header(Api.API_VERSIONS.key(), 0, null, false).toBytes());
        }
        Struct changed = request;
        if (!requestChanged || changed == null) {
            return asked;
        }
        return Frame.of(header(key, version, client, changed.schema().isFlexible())
                .struct(changed)
                .toBytes());
    }

    private WireWriter header(int api, int apiVersion, @Nullable String name, boolean flexible) {
        WireWriter header =
                new WireWriter().int16(api).int16(apiVersion).int32(correlation).text(name);
        return flexible ? header.unsignedVarint(0) : header;
    }

    /** Takes the answer of the broker. */
    void answered(Frame answer) {
        if (substitute != null) {
            response = substitute;
            responseChanged = true;
            return;
        }
        Optional<Schema> schema = responseSchema(answer);
        if (schema.isEmpty()) {
            return;
        }
        ByteBuffer body = answer.body();
        body.position(4);
        WireReader reader = new WireReader(body);
        if (hasTaggedHeader(schema.get())) {
            reader.passTags();
        }
        Struct read = reader.struct(schema.get());
        if (isTooNew()) {
            read.set("errorCode", UNSUPPORTED_VERSION);
            responseChanged = true;
        }
        response = read;
    }

    /** A broker that does not know the version of ApiVersions answers in version 0. */
    private Optional<Schema> responseSchema(Frame answer) {
        if (!is(Api.API_VERSIONS)) {
            return messages.find(Direction.RESPONSE, key, version);
        }
        ByteBuffer body = answer.body();
        boolean refused = body.remaining() >= 6 && body.getShort(4) == UNSUPPORTED_VERSION;
        return messages.find(Direction.RESPONSE, key, refused || isTooNew() ? 0 : version);
    }

    /** Headers of ApiVersions have no tags, since the client does not know yet what it talks to. */
    private boolean hasTaggedHeader(Schema schema) {
        return schema.isFlexible() && !is(Api.API_VERSIONS);
    }

    /** Returns the answer, or null if this version of it is not understood. */
    @Nullable
    Struct response() {
        return response;
    }

    /** Gives the client another answer than the broker has given. */
    void respond(Struct other) {
        response = other;
        responseChanged = true;
    }

    void responseChanged() {
        responseChanged = true;
    }

    Frame incoming(Frame answer) {
        Struct changed = response;
        if (!responseChanged || changed == null) {
            return answer;
        }
        WireWriter writer = new WireWriter().int32(correlation);
        if (hasTaggedHeader(changed.schema())) {
            writer.unsignedVarint(0);
        }
        return Frame.of(writer.struct(changed).toBytes());
    }
}
