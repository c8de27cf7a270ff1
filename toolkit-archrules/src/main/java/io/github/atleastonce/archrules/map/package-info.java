/**
 * The coupling map: which context knows which events of which other, and who calls whom and waits.
 *
 * <p>A {@link io.github.atleastonce.archrules.map.CouplingMap} is made of what each context publishes, consumes and calls, by
 * wire name, so that the maps of several builds can be merged into that of the whole system. It is written as Mermaid for
 * documents, as JSON for merging, and as one HTML page for people. The same code gives the same bytes.
 */
@NullMarked
package io.github.atleastonce.archrules.map;

import org.jspecify.annotations.NullMarked;
