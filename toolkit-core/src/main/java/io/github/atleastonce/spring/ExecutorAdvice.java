package io.github.atleastonce.spring;

import io.github.atleastonce.hosted.FollowedTasks;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.SchedulingAwareRunnable;

/** Lets what the application hands over to an executor be followed. Outside of runs, and for threads that take no part, it does nothing. */
final class ExecutorAdvice implements MethodInterceptor {

    private final ContextLives lives;

    ExecutorAdvice(ContextLives lives) {
        this.lives = lives;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        @Nullable Object[] arguments = invocation.getArguments();
        Object work = arguments.length == 0 ? null : arguments[0];
        if (work instanceof Runnable clocked && isAgainAndAgain(invocation)) {
            arguments[0] = new ClockedTask(clocked, lives.clockwork());
            return invocation.proceed();
        }
        Run run = lives.run().orElse(null);
        if (run == null || !isHandingOver(invocation) || isLongLived(work)) {
            return invocation.proceed();
        }
        FollowedTasks tasks = FollowedTasks.of(run);
        tasks.lifeHere().ifPresent(Lifetime::refuseIfDead);
        if (!run.current().isFollowed()) {
            return invocation.proceed();
        }
        Optional<Lifetime> life = lives.here().or(lives::present);
        if (life.isEmpty()) {
            return invocation.proceed();
        }
        life.get().refuseIfDead();
        if (work instanceof Callable<?> callable) {
            return tasks.call(life.get(), callable, instead -> proceed(invocation, instead));
        }
        return work instanceof Runnable runnable
                ? tasks.execute(life.get(), runnable, instead -> proceed(invocation, instead))
                : invocation.proceed();
    }

    /** Whatever is scheduled when the application starts; what a run schedules passes by. */
    private boolean isAgainAndAgain(MethodInvocation invocation) {
        return invocation.getMethod().getName().startsWith("schedule")
                && lives.run().isEmpty();
    }

    private static boolean isHandingOver(MethodInvocation invocation) {
        String name = invocation.getMethod().getName();
        return name.equals("execute") || name.startsWith("submit");
    }

    /** Such as the loop of a listener container, which is no piece of work. */
    private static boolean isLongLived(@Nullable Object work) {
        return work instanceof SchedulingAwareRunnable aware && aware.isLongLived();
    }

    private static @Nullable Object proceed(MethodInvocation invocation, Object instead) {
        invocation.getArguments()[0] = instead;
        try {
            return invocation.proceed();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable checked) {
            throw new IllegalStateException("An executor threw what it does not declare.", checked);
        }
    }
}
