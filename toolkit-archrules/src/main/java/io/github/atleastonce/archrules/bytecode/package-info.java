/**
 * Reads what ArchUnit's import leaves out: the arguments of calls, the order of calls, and catch blocks.
 *
 * <p>ArchUnit keeps who calls whom and drops the rest of a method's body. The few methods in which a message is sent, or
 * an exception caught, are read again here with ASM. Nothing here knows messaging; it answers questions about code. The
 * types are public for the neighbouring rooms and are not meant for users.
 */
@NullMarked
package io.github.atleastonce.archrules.bytecode;

import org.jspecify.annotations.NullMarked;
