/**
 * Threads of an application that a framework of the test has started: each takes part in a run as a task.
 *
 * <p>{@link io.github.atleastonce.hosted.HostedTasks} suspends a thread that comes, until the run resumes it; so one of them moves at a
 * time, its steps are steps of the run, and a crash cuts all of them off.
 */
@NullMarked
package io.github.atleastonce.hosted;

import org.jspecify.annotations.NullMarked;
