package io.github.atleastonce.archrules.contract;

import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the Avro schemas of a project: the text that a class parses, as generated classes do for their {@code SCHEMA$}, and
 * the files of the declared directories. Nothing is initialised; without Avro on the class path there are none.
 */
final class SchemaSources {

    /** Where generated classes keep their own schema. */
    private static final String INITIALIZER = "<clinit>";

    private final Map<String, String> byClass = new TreeMap<>();
    private final Map<String, String> ofNoEvent = new TreeMap<>();
    private final Set<String> names = new TreeSet<>();

    private SchemaSources() {}

    /** Avro is optional; whatever names its types stands behind this question. */
    static boolean avroIsPresent() {
        try {
            Class.forName("org.apache.avro.SchemaCompatibility", false, SchemaSources.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static SchemaSources in(EventModel model) {
        SchemaSources sources = new SchemaSources();
        if (avroIsPresent()) {
            sources.read(model);
        }
        return sources;
    }

    private void read(EventModel model) {
        List<String> texts = new ArrayList<>();
        for (Effect parsing : model.calls().effects(Role.SCHEMA)) {
            JavaClass type = parsing.origin().getOwner();
            for (String text : textsParsedBy(model, parsing)) {
                AvroSchemas.parse(text).ifPresent(schema -> {
                    texts.add(schema);
                    if (parsing.origin().getName().equals(INITIALIZER)
                            && AvroSchemas.nameOf(schema).equals(type.getName())) {
                        byClass.put(type.getName(), schema);
                    }
                });
            }
        }
        model.declared().avroSchemas().forEach(directory -> texts.addAll(AvroSchemas.readFiles(directory)));
        Set<String> eventNames = new TreeSet<>();
        byClass.forEach((type, schema) -> {
            if (model.project().type(type).flatMap(model::event).isPresent()) {
                eventNames.add(AvroSchemas.nameOf(schema));
            }
        });
        AvroSchemas.distinctOf(texts, eventNames).forEach((name, schemas) -> {
            names.add(name);
            if (schemas.size() == 1) {
                ofNoEvent.put(name, schemas.iterator().next());
            }
        });
        texts.forEach(text -> names.addAll(AvroSchemas.namesIn(text)));
    }

    private static List<String> textsParsedBy(EventModel model, Effect parsing) {
        List<String> texts = new ArrayList<>();
        for (MethodCode body : model.code().bodiesOf(parsing.origin())) {
            body.calls().stream()
                    .filter(call ->
                            call.owner().equals(parsing.owner()) && call.name().equals(parsing.member()))
                    .map(body::constantTextOf)
                    .filter(text -> !text.isEmpty())
                    .forEach(texts::add);
        }
        return texts;
    }

    /** The schema of a generated class, or an empty text. */
    String of(JavaClass type) {
        return byClass.getOrDefault(type.getName(), "");
    }

    /** The schemas that describe no event class and are no part of another schema, by full name. */
    Map<String, String> ofNoEvent() {
        return ofNoEvent;
    }

    /** The full names of all records that some schema describes, however many times and wherever. */
    Set<String> names() {
        return names;
    }
}
