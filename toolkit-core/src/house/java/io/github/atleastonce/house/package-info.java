/**
 * The architecture that every published module keeps, as ArchUnit rules. Test sources of those modules, never published.
 */
@NullMarked
package io.github.atleastonce.house;

import org.jspecify.annotations.NullMarked;
