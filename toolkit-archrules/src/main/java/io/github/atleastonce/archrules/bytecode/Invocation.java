package io.github.atleastonce.archrules.bytecode;

import java.util.List;

/**
 * One call in a method's body.
 *
 * @param owner the qualified name of the type it is called on
 * @param name the method's name, {@code <init>} for a constructor
 * @param descriptor the JVM descriptor
 * @param line the source line, 0 if unknown
 * @param position where in the body it stands; grows with the bytecode
 * @param arguments where each argument can come from, the receiver left out
 * @param castTo the type the result is cast to at once, or an empty text
 */
public record Invocation(
        String owner, String name, String descriptor, int line, int position, List<Origin> arguments, String castTo) {

    /**
     * Copies the list.
     *
     * @param owner see above
     * @param name see above
     * @param descriptor see above
     * @param line see above
     * @param position see above
     * @param arguments see above
     * @param castTo see above
     */
    public Invocation {
        arguments = List.copyOf(arguments);
    }
}
