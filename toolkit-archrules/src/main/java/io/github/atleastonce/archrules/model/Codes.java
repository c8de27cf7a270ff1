package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.ClassCode;
import io.github.atleastonce.archrules.bytecode.Envelopes;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the bytecode of the few classes that need it, each once. Not thread-safe. */
public final class Codes {

    private final Types types;
    private final Map<String, Optional<ClassCode>> read = new HashMap<>();

    Codes(Types types) {
        this.types = types;
    }

    /**
     * Returns the bytecode of a class.
     *
     * @param type a class
     * @return its code, or empty if its file is unknown
     */
    public Optional<ClassCode> of(JavaClass type) {
        return read.computeIfAbsent(type.getName(), key -> ClassCode.of(type, envelopes()));
    }

    /**
     * Returns the bodies of a method and of its lambdas.
     *
     * @param method a method
     * @return the bodies, the method's own first
     */
    public List<MethodCode> bodiesOf(JavaCodeUnit method) {
        return of(method.getOwner()).map(code -> code.bodiesOf(method)).orElse(List.of());
    }

    /**
     * Returns where a method ends.
     *
     * @param method a method
     * @return the last source line of its own body, 0 if it is unknown
     */
    public int lastLineOf(JavaCodeUnit method) {
        return bodiesOf(method).stream().findFirst().map(MethodCode::lastLine).orElse(0);
    }

    private Envelopes envelopes() {
        return new Envelopes() {
            @Override
            public List<Integer> content(String owner, String name, int arguments) {
                return facts(owner, name).stream()
                        .flatMap(fact -> Codes.content(fact, arguments).stream())
                        .toList();
            }

            @Override
            public List<Integer> channel(String owner, String name, int arguments) {
                return facts(owner, name).stream()
                        .flatMap(fact ->
                                fact.argument("channel", arguments).stream().boxed())
                        .toList();
            }
        };
    }

    private List<Fact> facts(String owner, String name) {
        return types.factsOfOwner(owner).stream()
                .filter(fact -> fact.role() == Role.ENVELOPE && !fact.members().isEmpty() && fact.covers(name))
                .toList();
    }

    private static List<Integer> content(Fact fact, int arguments) {
        List<Integer> content = new ArrayList<>();
        String payload = fact.options().getOrDefault("payload", "last");
        if (payload.equals("all")) {
            IntStream.range(0, arguments).forEach(content::add);
        } else if (payload.equals("value")) {
            content.addAll(recordValue(arguments));
        } else {
            fact.argument("payload", arguments).ifPresent(content::add);
        }
        return content;
    }

    /** Where the value stands in the constructors of Kafka's {@code ProducerRecord}. */
    private static List<Integer> recordValue(int arguments) {
        return switch (arguments) {
            case 2 -> List.of(1);
            case 3 -> List.of(2);
            case 4 -> List.of(3);
            case 5 -> List.of(3, 4);
            default -> List.of(4);
        };
    }
}
