package io.github.atleastonce.archrules.contract;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one event looks like on the wire.
 *
 * @param properties its properties by path, as JSON would show them
 * @param schema its Avro schema as JSON, or an empty text if it has none
 */
record Contract(Map<String, Property> properties, String schema) {

    Contract {
        properties = new TreeMap<>(properties);
    }

    boolean isAvro() {
        return !schema.isEmpty();
    }
}
