package io.github.atleastonce.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.atleastonce.run.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Holds all that needs Jackson, which a test may do without. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    static byte[] write(Object payload) {
        try {
            return MAPPER.writeValueAsBytes(payload);
        } catch (JsonProcessingException failure) {
            throw new UsageException(
                    payload.getClass().getName() + " cannot be written as JSON: " + failure.getOriginalMessage(),
                    failure);
        }
    }

    static Object read(byte[] bytes, Class<?> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
