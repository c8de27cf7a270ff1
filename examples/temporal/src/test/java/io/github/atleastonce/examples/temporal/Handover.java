package io.github.atleastonce.examples.temporal;

import io.github.atleastonce.run.Life;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the thread that waits for a workflow do its activities meanwhile, by Temporal's own interceptors. So one thread moves, each statement of an
 * activity is a step of the run, and Temporal's threads wait for the answer.
 */
final class Handover {

    /** Longer than anything takes that is under way. */
    private static final int PATIENCE_IN_SECONDS = 20;

    private volatile @Nullable Life life;
    private final BlockingQueue<Optional<Turn>> turns = new LinkedBlockingQueue<>();
    private final List<Turn> unanswered = new CopyOnWriteArrayList<>();

    /** Lets a life do what comes. What it has not answered when it dies runs into its time-out, which Temporal tells as a failure of the attempt. */
    void to(Life next) {
        life = next;
        next.onDeath(() -> {
            turns.clear();
            for (Turn turn : unanswered) {
                unanswered.remove(turn);
                turn.answer()
                        .completeExceptionally(
                                ApplicationFailure.newFailure("activity StartToClose timeout", "StartToCloseTimeout"));
            }
        });
    }

    /** An attempt of an activity. */
    private record Turn(
            ActivityInfo activity,
            Supplier<ActivityInboundCallsInterceptor.ActivityOutput> attempt,
            CompletableFuture<ActivityInboundCallsInterceptor.ActivityOutput> answer) {}

    WorkerInterceptorBase ofWorker() {
        return new WorkerInterceptorBase() {
            @Override
            public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
                return new ActivityInboundCallsInterceptorBase(next) {
                    private @Nullable ActivityInfo activity;

                    @Override
                    public void init(ActivityExecutionContext context) {
                        activity = context.getInfo();
                        super.init(context);
                    }

                    @Override
                    public ActivityOutput execute(ActivityInput input) {
                        return handOver(new Turn(
                                Objects.requireNonNull(activity),
                                () -> super.execute(input),
                                new CompletableFuture<>()));
                    }
                };
            }
        };
    }

    /** Waits on a thread of Temporal. */
    private ActivityInboundCallsInterceptor.ActivityOutput handOver(Turn turn) {
        unanswered.add(turn);
        turns.add(Optional.of(turn));
        try {
            return turn.answer().get();
        } catch (InterruptedException dead) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while an activity waited for its turn.", dead);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    WorkflowClientInterceptorBase ofClient() {
        return new WorkflowClientInterceptorBase() {
            @Override
            public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(WorkflowClientCallsInterceptor next) {
                return new WorkflowClientCallsInterceptorBase(next) {
                    @Override
                    public <R> GetResultOutput<R> getResult(GetResultInput<R> input) {
                        return new GetResultOutput<>(
                                workUntil(super.getResultAsync(input).getResult()));
                    }
                };
            }
        };
    }

    /** Does what comes, on the thread that moves, until the workflow has ended. Temporal is at rest whenever the process may die. */
    private <R> R workUntil(CompletableFuture<R> result) {
        result.whenComplete((value, failure) -> turns.add(Optional.empty()));
        Life worker = Objects.requireNonNull(life);
        Optional<Turn> turn = next();
        while (turn.isPresent() || !result.isDone()) {
            if (turn.isPresent()) {
                attempt(turn.get());
            }
            Optional<Turn> following = next();
            if (turn.isPresent()) {
                worker.step("answer to " + turn.get().activity().getActivityType());
            }
            turn = following;
        }
        return result.join();
    }

    private Optional<Turn> next() {
        try {
            Optional<Turn> turn = turns.poll(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
            if (turn == null) {
                throw new IllegalStateException("The workflow has not ended, and nothing came of it for "
                        + PATIENCE_IN_SECONDS
                        + " seconds. Does it wait for a signal, or can it not be replayed?");
            }
            return turn;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a workflow was waited for.", interrupted);
        }
    }

    private void attempt(Turn turn) {
        try {
            ActivityInboundCallsInterceptor.ActivityOutput output =
                    turn.attempt().get();
            unanswered.remove(turn);
            turn.answer().complete(output);
        } catch (RuntimeException failure) {
            // An error, such as the death of the process, is no answer.
            unanswered.remove(turn);
            turn.answer().completeExceptionally(failure);
        }
    }
}
