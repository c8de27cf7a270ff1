package io.github.atleastonce.examples.temporal;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
    private final TemporalServer server;
    private final Arrivals arrivals = new Arrivals();
    private final Run run;
    private final List<Turn> unanswered = new CopyOnWriteArrayList<>();

    Handover(Run run, TemporalServer server) {
        this.run = run;
        this.server = server;
    }

    /** Lets a life do what comes. What it has not answered when it dies runs into its time-out, which Temporal tells as a failure of the attempt. */
    void to(Life next) {
        life = next;
        next.onDeath(() -> {
            arrivals.clear();
            for (Turn turn : unanswered) {
                unanswered.remove(turn);
                arrivals.rests(turn);
                turn.answer()
                        .completeExceptionally(
                                ApplicationFailure.newFailure("activity StartToClose timeout", "StartToCloseTimeout"));
            }
        });
    }

    /** An attempt of an activity. */
    record Turn(
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
                        if (Objects.requireNonNull(activity).isLocal()) {
                            throw refused(activity);
                        }
                        return handOver(new Turn(
                                Objects.requireNonNull(activity),
                                () -> super.execute(input),
                                new CompletableFuture<>()));
                    }
                };
            }
        };
    }

    /** It has no history of its own: a worker that dies leaves the whole task of the workflow to the next one. */
    private RuntimeException refused(ActivityInfo local) {
        return run.history()
                .caveats()
                .refuse(
                        new UsageException(
                                "'" + local.getActivityType()
                                        + "' is a local activity, a part of its workflow's own task, and is not followed: let it be an activity in this test."));
    }

    /** Waits on a thread of Temporal. */
    private ActivityInboundCallsInterceptor.ActivityOutput handOver(Turn turn) {
        unanswered.add(turn);
        arrivals.add(turn);
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
                        return new GetResultOutput<>(workUntil(
                                input.getWorkflowExecution().getWorkflowId(),
                                super.getResultAsync(input).getResult()));
                    }
                };
            }
        };
    }

    /** Does what comes, on the thread that moves, until the workflow has ended. Temporal is at rest whenever the process may die. */
    private <R> R workUntil(String workflow, CompletableFuture<R> result) {
        Life worker = Objects.requireNonNull(life);
        Optional<Turn> turn = next(workflow, result);
        while (turn.isPresent()) {
            attempt(turn.get());
            Optional<Turn> following = next(workflow, result);
            worker.step("answer to " + turn.get().activity().getActivityType());
            turn = following;
        }
        for (Optional<Turn> late = arrivals.late(); late.isPresent(); late = arrivals.late()) {
            attempt(late.get());
        }
        return result.join();
    }

    /** Lets the schedule decide whether an activity is held back until all others that are under way have ended, and what the workflow asks for then. */
    private boolean isSlow(Turn turn) {
        String type = turn.activity().getActivityType();
        Option slow = new Option(Fault.DELAY, "", () -> type + " is slow: all else goes before it");
        return run.faults().offers(Fault.DELAY)
                && run.faults().choose(run.current().cause().name() + "/" + type, List.of(new Offer(slow, () -> {})));
    }

    /** Waits for what comes next; nothing does when the workflow has ended. */
    private Optional<Turn> next(String workflow, CompletableFuture<?> result) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_IN_SECONDS);
        while (!result.isDone()) {
            Optional<Turn> turn = arrivals.isEmpty() ? Optional.empty() : nextOf(workflow);
            if (turn.isPresent()) {
                return turn;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The workflow has not ended, and nothing came of it for "
                        + PATIENCE_IN_SECONDS
                        + " seconds. Does it wait for a signal, or can it not be replayed?");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return Optional.empty();
    }

    /** What Temporal has heard of is asked first: what that led to is in the history then. */
    private Optional<Turn> nextOf(String workflow) {
        Map<String, Integer> attempts = server.attempts(workflow);
        return arrivals.next(server.history(workflow).getEvents(), attempts, this::isSlow);
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
            arrivals.rests(turn);
            turn.answer().completeExceptionally(failure);
        }
    }
}
