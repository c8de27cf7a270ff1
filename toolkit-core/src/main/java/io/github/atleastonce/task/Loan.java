package io.github.atleastonce.task;

import org.apiguardian.api.API;

/**
 * A task that goes on on another thread, while the one that it was on waits for it.
 *
 * @param task the task
 * @param times how often it was lent before
 * @param <W> what a task does
 */
@API(status = API.Status.INTERNAL)
public record Loan<W>(Task<W> task, int times) {}
