package io.github.atleastonce.spring;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.jdbc.SqlEvent;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.config.CronTask;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.Task;
import org.springframework.scheduling.support.CronExpression;

/**
 * What a context does again and again, such as its {@code @Scheduled} methods: in a run what comes each minute or more often is ticked at quiescence,
 * and what comes less often is a timer on the clock of the run. Neither waits for real time, and both are done by the run's own thread.
 */
final class ScheduledPollers {

    private static final Duration OFTEN = Duration.ofMinutes(1);

    private final ApplicationContext context;

    /** Says when something comes after an instant, or null if never. */
    private interface Next {

        @Nullable
        Instant apply(Instant now);
    }

    ScheduledPollers(ApplicationContext context) {
        this.context = context;
    }

    /** Lets a life have what is scheduled in the context. */
    void join(Life life) {
        for (ScheduledTaskHolder holder :
                context.getBeansOfType(ScheduledTaskHolder.class).values()) {
            for (ScheduledTask scheduled : holder.getScheduledTasks()) {
                join(life, scheduled);
            }
        }
    }

    private void join(Life life, ScheduledTask scheduled) {
        Task task = scheduled.getTask();
        Runnable work = task.getRunnable();
        if (task instanceof CronTask cron) {
            CronExpression expression = CronExpression.parse(cron.getExpression());
            join(life, scheduled, work, now -> after(expression, now));
        } else if (task instanceof IntervalTask interval) {
            join(life, scheduled, work, now -> now.plus(interval.getIntervalDuration()));
        } else {
            poll(life, scheduled, work);
        }
    }

    private void join(Life life, ScheduledTask scheduled, Runnable work, Next next) {
        Instant first = next.apply(life.clock().instant());
        Instant second = first == null ? null : next.apply(first);
        if (first != null && second != null && Duration.between(first, second).compareTo(OFTEN) <= 0) {
            poll(life, scheduled, work);
        } else {
            wait(life, work, next);
        }
    }

    private static void poll(Life life, ScheduledTask scheduled, Runnable work) {
        life.poll(name(scheduled), new Ticks(Run.of(life), work)::tick);
    }

    private static void wait(Life life, Runnable work, Next next) {
        Instant now = life.clock().instant();
        Instant due = next.apply(now);
        if (due != null) {
            life.after(Duration.between(now, due), () -> {
                wait(life, work, next);
                work.run();
            });
        }
    }

    private static @Nullable Instant after(CronExpression expression, Instant now) {
        ZonedDateTime due = expression.next(now.atZone(ZoneId.of("UTC")));
        return due == null ? null : due.toInstant();
    }

    /** The method and its class, without the package. */
    private static String name(ScheduledTask scheduled) {
        String full = scheduled.toString();
        int method = full.lastIndexOf('.');
        int type = Math.max(full.lastIndexOf('.', method - 1), full.lastIndexOf('$', method - 1));
        return method < 0 || full.contains(" ") || full.contains("@") ? "scheduled" : full.substring(type + 1);
    }

    /** The rounds of one poller. What it does in the same way again, such as a heartbeat or a lock, is no work that it has found. */
    private static final class Ticks {

        private final Run run;
        private final Runnable work;
        private List<Object> before = List.of();

        Ticks(Run run, Runnable work) {
            this.run = run;
            this.work = work;
        }

        boolean tick() {
            int from = run.history().events().size();
            work.run();
            List<Event> events = run.history().events();
            List<Object> done = new ArrayList<>(0);
            boolean sent = false;
            for (Event event : events.subList(from, events.size())) {
                sent |= event instanceof Event.Sent;
                if (event instanceof SqlEvent.Executed sql && sql.rows().orElse(0) > 0) {
                    done.add(List.of(sql.kind(), String.valueOf(sql.table()), sql.rows(), sql.values()));
                }
            }
            boolean again = done.equals(before);
            before = done;
            return sent || !done.isEmpty() && !again;
        }
    }
}
