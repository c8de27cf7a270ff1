/** Bugs of timers, queues and leases, each in a file with its twin. */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.leases;

import org.jspecify.annotations.NullMarked;
