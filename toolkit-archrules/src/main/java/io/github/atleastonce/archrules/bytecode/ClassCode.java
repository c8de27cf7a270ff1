package io.github.atleastonce.archrules.bytecode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The bytecode of one class. Not thread-safe. */
public final class ClassCode {

    private final ClassNode node;
    private final Envelopes envelopes;
    private final Map<String, MethodCode> read = new HashMap<>();

    private ClassCode(ClassNode node, Envelopes envelopes) {
        this.node = node;
        this.envelopes = envelopes;
    }

    /**
     * Reads a class from where ArchUnit imported it.
     *
     * @param type the imported class
     * @param envelopes which calls wrap messages
     * @return its code, or empty if its file is not known
     * @throws UncheckedIOException if the file is known but cannot be read any more
     */
    public static Optional<ClassCode> of(JavaClass type, Envelopes envelopes) {
        return type.getSource().map(source -> {
            try (InputStream in = source.getUri().toURL().openStream()) {
                ClassNode node = new ClassNode();
                new ClassReader(in).accept(node, ClassReader.SKIP_FRAMES);
                return new ClassCode(node, envelopes);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + source.getUri() + " again.", e);
            }
        });
    }

    /**
     * Returns the body of a method and, after it, the bodies of the lambdas made in it.
     *
     * @param method the method
     * @return the bodies; empty if the method has none
     */
    public List<MethodCode> bodiesOf(JavaCodeUnit method) {
        List<MethodCode> bodies = new ArrayList<>();
        collect(keyOf(method), bodies);
        return bodies;
    }

    /**
     * Tells whether one run of a method can pass through two calls without an exception in between.
     *
     * @param method the method, its lambdas included
     * @param first picks the first call
     * @param second picks the second call
     * @return whether there is such a run; also true if one of the calls is not in the body
     */
    public boolean onOnePath(JavaCodeUnit method, Predicate<Invocation> first, Predicate<Invocation> second) {
        return code(keyOf(method)).map(body -> onOnePath(body, first, second)).orElse(true);
    }

    private boolean onOnePath(MethodCode body, Predicate<Invocation> first, Predicate<Invocation> second) {
        List<Integer> firsts = positions(body, first);
        List<Integer> seconds = positions(body, second);
        if (firsts.isEmpty() || seconds.isEmpty()) {
            return true;
        }
        for (int from : firsts) {
            for (int to : seconds) {
                if (from == to
                        ? lambdasAt(body, from).stream().anyMatch(lambda -> onOnePath(lambda, first, second))
                        : body.onOnePath(from, to)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Integer> positions(MethodCode body, Predicate<Invocation> wanted) {
        List<Integer> positions = new ArrayList<>();
        body.calls().stream().filter(wanted).forEach(call -> positions.add(call.position()));
        for (MethodCode.LambdaSite site : body.lambdas()) {
            code(site.key())
                    .filter(lambda -> !positions(lambda, wanted).isEmpty())
                    .ifPresent(lambda -> positions.add(site.position()));
        }
        return positions;
    }

    private List<MethodCode> lambdasAt(MethodCode body, int position) {
        List<MethodCode> lambdas = new ArrayList<>();
        body.lambdas().stream()
                .filter(site -> site.position() == position)
                .forEach(site -> code(site.key()).ifPresent(lambdas::add));
        return lambdas;
    }

    private void collect(String key, List<MethodCode> bodies) {
        code(key).filter(body -> !bodies.contains(body)).ifPresent(body -> {
            bodies.add(body);
            body.lambdas().stream()
                    .filter(site -> site.key().startsWith("lambda$"))
                    .forEach(site -> collect(site.key(), bodies));
        });
    }

    private Optional<MethodCode> code(String key) {
        MethodCode known = read.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        for (MethodNode method : node.methods) {
            if (key.equals(method.name + method.desc) && method.instructions.size() > 0) {
                MethodCode code = new MethodCode(node.name, method, envelopes);
                read.put(key, code);
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    private static String keyOf(JavaCodeUnit method) {
        StringBuilder descriptor = new StringBuilder(method.getName()).append('(');
        method.getRawParameterTypes().forEach(type -> descriptor.append(descriptor(type)));
        return descriptor
                .append(')')
                .append(descriptor(method.getRawReturnType()))
                .toString();
    }

    private static String descriptor(JavaClass type) {
        return switch (type.getName()) {
            case "void" -> "V";
            case "boolean" -> "Z";
            case "byte" -> "B";
            case "short" -> "S";
            case "char" -> "C";
            case "int" -> "I";
            case "long" -> "J";
            case "float" -> "F";
            case "double" -> "D";
            default ->
                type.isArray()
                        ? type.getName().replace('.', '/')
                        : Type.getObjectType(type.getName().replace('.', '/')).getDescriptor();
        };
    }
}
