/**
 * Nodes of one service: each a {@link io.github.atleastonce.run.Service} of its own that reads under the name of all. A transport gives them shares of
 * a channel; what the others do while one of them stalls is done here.
 */
@NullMarked
package io.github.atleastonce.node;

import org.jspecify.annotations.NullMarked;
