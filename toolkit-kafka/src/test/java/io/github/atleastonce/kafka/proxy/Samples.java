package io.github.atleastonce.kafka.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Messages with values at random, and what becomes of them on a bad line. */
final class Samples {

    private final Messages messages;
    private final Random random;

    Samples(Messages messages, long seed) {
        this.messages = messages;
        this.random = new Random(seed);
    }

    /** A request of any API that is understood, with its header. */
    byte[] request(int correlation) {
        while (true) {
            Api api = Api.values()[random.nextInt(Api.values().length)];
            int version = random.nextInt(messages.newest(api.key()) + 1);
            byte[] request = request(api, version, correlation);
            if (request.length > 0) {
                return request;
            }
        }
    }

    byte[] request(Api api, int version, int correlation) {
        return messages.find(Messages.Direction.REQUEST, api.key(), version)
                .map(schema -> {
                    WireWriter writer = new WireWriter()
                            .int16(api.key())
                            .int16(version)
                            .int32(correlation)
                            .text("fuzz");
                    if (schema.isFlexible()) {
                        writer.unsignedVarint(0);
                    }
                    return writer.struct(fill(schema)).toBytes();
                })
                .orElse(new byte[0]);
    }

    /** The answer to a request, empty if there is none. */
    byte[] response(ByteBuffer request) {
        int key = request.getShort(0);
        int version = request.getShort(2);
        return messages.find(Messages.Direction.RESPONSE, key, version)
                .map(schema -> {
                    WireWriter writer = new WireWriter().int32(request.getInt(4));
                    if (schema.isFlexible() && key != Api.API_VERSIONS.key()) {
                        writer.unsignedVarint(0);
                    }
                    return writer.struct(fill(schema)).toBytes();
                })
                .orElse(new byte[0]);
    }

    Struct fill(Schema schema) {
        Struct struct = Struct.blank(schema);
        for (int i = 0; i < schema.fields().size(); i++) {
            Schema.Field field = schema.fields().get(i);
            boolean absent = (field.isTagged() || field.nullable()) && random.nextInt(3) == 0;
            if (!absent) {
                struct.value(i, field.array() ? several(field) : single(field));
            }
        }
        return struct;
    }

    private List<Object> several(Schema.Field field) {
        List<Object> all = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            all.add(single(field));
        }
        return all;
    }

    private Object single(Schema.Field field) {
        return switch (field.type()) {
            case INT8 -> random.nextInt(256) - 128;
            case INT16 -> random.nextInt(1 << 16) - (1 << 15);
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case BOOL -> random.nextBoolean();
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case STRING -> Integer.toString(random.nextInt(), 36);
            case BYTES, RECORDS -> {
                byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
            case STRUCT -> fill(field.inner());
        };
    }

    /** Changes some bytes, or takes some away, or adds some. */
    byte[] mutated(byte[] message) {
        byte[] bytes = message.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int size = random.nextInt(8) == 0 ? random.nextInt(bytes.length * 2) : bytes.length;
        return java.util.Arrays.copyOf(bytes, size);
    }
}
