package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.hosted.HostedTask;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.spring.ContextLives;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BackOffHandler;
import org.springframework.kafka.listener.FailedRecordProcessor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.ReflectionUtils;

/** Lets the back-off between two attempts pass on the clock of the run, so that nobody waits for it. Outside of runs it is as configured. */
final class BackOffOnClock implements BackOffHandler {

    private final BackOffHandler own;
    private final ContextLives lives;

    private BackOffOnClock(BackOffHandler own, ContextLives lives) {
        this.own = own;
        this.lives = lives;
    }

    /** Takes the place of what an error handler, or who goes on after a rollback, waits with; where spring-kafka keeps it cannot be asked for. */
    static void install(@Nullable Object handler, ContextLives lives) {
        Object tracker = handler instanceof FailedRecordProcessor ? value(handler, "failureTracker") : null;
        Field field = tracker == null ? null : ReflectionUtils.findField(tracker.getClass(), "backOffHandler");
        if (field == null) {
            return;
        }
        ReflectionUtils.makeAccessible(field);
        if (ReflectionUtils.getField(field, tracker) instanceof BackOffHandler own
                && !(own instanceof BackOffOnClock)) {
            ReflectionUtils.setField(field, tracker, new BackOffOnClock(own, lives));
        }
    }

    private static @Nullable Object value(Object owner, String name) {
        Field field = ReflectionUtils.findField(owner.getClass(), name);
        if (field == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(field);
        return ReflectionUtils.getField(field, owner);
    }

    @Override
    public void onNextBackOff(
            @Nullable MessageListenerContainer container, @Nullable Exception exception, long nextBackOff) {
        if (!passes(nextBackOff)) {
            own.onNextBackOff(container, exception, nextBackOff);
        }
    }

    @Override
    public void onNextBackOff(MessageListenerContainer container, TopicPartition partition, long nextBackOff) {
        if (!passes(nextBackOff)) {
            own.onNextBackOff(container, partition, nextBackOff);
        }
    }

    private boolean passes(long millis) {
        return lives.run()
                .filter(run -> Optional.of(run)
                        .flatMap(any -> HostedTasks.of(any).here())
                        .filter(HostedTask::isAtWork)
                        .isPresent())
                .map(run -> {
                    if (millis > 0) {
                        run.elapse(Duration.ofMillis(millis));
                    }
                    return true;
                })
                .orElse(false);
    }
}
