package io.github.atleastonce.kafka;

import io.github.atleastonce.run.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns payloads into the bytes that an ordinary producer would send: text as UTF-8, bytes as they are, all else as JSON. */
final class Payloads {

    /** Neither JSON nor UTF-8, nor any of the usual binary formats: every deserializer but that of raw bytes refuses it. */
    private static final byte[] UNREADABLE = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE, '{'};

    private Payloads() {}

    static byte[] write(Object payload) {
        if (payload instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        if (isOfAvro(payload.getClass())) {
            throw new UsageException(
                    payload.getClass().getName()
                            + " is a record of Avro, which nobody reads as JSON: let the application have a serializer that writes it, or send its bytes.");
        }
        requireJackson(payload);
        return Json.write(payload);
    }

    /** Avro need not be there. */
    private static boolean isOfAvro(@Nullable Class<?> type) {
        return type != null
                && (type.getName().equals("org.apache.avro.generic.GenericContainer")
                        || isOfAvro(type.getSuperclass())
                        || Arrays.stream(type.getInterfaces()).anyMatch(Payloads::isOfAvro));
    }

    static Object read(byte[] bytes, Class<?> type) {
        if (type == String.class) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return type == byte[].class ? bytes : Json.read(bytes, type);
    }

    static byte[] unreadable() {
        return UNREADABLE.clone();
    }

    private static void requireJackson(Object payload) {
        try {
            Class.forName("com.fasterxml.jackson.databind.ObjectMapper", false, Payloads.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new UsageException(
                    "To send " + payload.getClass().getName()
                            + " as JSON, com.fasterxml.jackson.core:jackson-databind must be on "
                            + "the test class path; without it send a String or byte[].",
                    missing);
        }
    }
}
