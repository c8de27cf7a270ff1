/**
 * Messages as values: what is sent, and what a log has stored of it.
 *
 * <p>A {@link io.github.atleastonce.message.Message} is what a sender wrote. A
 * {@link io.github.atleastonce.message.StoredMessage} is that message at its position in a channel's log; it carries the
 * {@link io.github.atleastonce.message.Label} by which stories and tokens name it ({@code orders[k1]}), since real keys and
 * offsets vary and labels do not. All types are immutable; payloads are taken to be.
 */
@NullMarked
package io.github.atleastonce.message;

import org.jspecify.annotations.NullMarked;
