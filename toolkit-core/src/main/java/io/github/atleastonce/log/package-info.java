/**
 * What frameworks log of the faults that were injected: it is no news, and it would hide what is. Only where Logback does the logging; elsewhere
 * logs are left as they are.
 */
@NullMarked
package io.github.atleastonce.log;

import org.jspecify.annotations.NullMarked;
