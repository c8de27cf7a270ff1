/**
 * Journeys: which message led to which, seen in what happened, without any help by the services. All schedules of an exploration together are compared
 * with a flowchart that is kept beside the sources, so that a process that has changed is noticed, and its picture is true.
 */
@NullMarked
package io.github.atleastonce.journey;

import org.jspecify.annotations.NullMarked;
