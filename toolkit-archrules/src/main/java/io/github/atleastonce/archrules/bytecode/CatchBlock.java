package io.github.atleastonce.archrules.bytecode;

import java.util.List;

/**
 * One catch block.
 *
 * @param type the qualified name of what is caught, {@code java.lang.Throwable} for everything
 * @param line the first source line of the block, 0 if unknown
 * @param guarded the calls in the guarded body
 * @param calls the calls that can follow inside the block, before control leaves it
 * @param completes whether the block can end without an exception
 * @param answers whether the block can end by returning a value or storing a result that is used after it
 */
public record CatchBlock(
        String type, int line, List<Invocation> guarded, List<Invocation> calls, boolean completes, boolean answers) {

    /**
     * Copies the lists.
     *
     * @param type see above
     * @param line see above
     * @param guarded see above
     * @param calls see above
     * @param completes see above
     * @param answers see above
     */
    public CatchBlock {
        guarded = List.copyOf(guarded);
        calls = List.copyOf(calls);
    }
}
