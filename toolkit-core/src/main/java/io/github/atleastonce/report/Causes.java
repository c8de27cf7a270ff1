package io.github.atleastonce.report;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why each message was sent. A header that names the cause is believed. Else what a service sends while it handles a message is
 * because of that; and what a poller sends that reads a table is because of the message whose handling has inserted into it: first in, first
 * out. What cannot be known is because of the poller, or of the timer.
 */
final class Causes {

    private static final List<String> HEADERS =
            List.of("causation-id", "causationId", "causation_id", "ce_causationid", "ce-causationid");

    private static final String INSERT = "insert ";
    private static final String SELECT = "select ";

    private final Set<Leg> legs = new LinkedHashSet<>();
    private final Map<String, String> typesById = new HashMap<>();
    private final Map<String, Doing> doing = new HashMap<>();
    private final Map<String, Deque<Written>> waiting = new HashMap<>();
    private final Map<List<?>, String> sentBefore = new HashMap<>();

    private final List<Ended> ended = new ArrayList<>();

    /** A row that was written because of a message. */
    private static final class Written {

        final String table;
        final String cause;
        final @Nullable String key;
        boolean published;

        Written(String table, String cause, @Nullable String key) {
            this.table = table;
            this.cause = cause;
            this.key = key;
        }
    }

    /** A message whose handler has sent nothing; others may do that later, who read a row that it has written. */
    private record Ended(String cause, String service, List<Written> rows) {}

    /** What a service is at. */
    private static final class Doing {

        final String cause;
        final @Nullable String key;
        final boolean handles;
        final List<Written> uncommitted = new ArrayList<>(2);
        final List<Written> rows = new ArrayList<>(2);

        @Nullable
        String read;

        boolean sent;

        Doing(String cause, @Nullable String key, boolean handles) {
            this.cause = cause;
            this.key = key;
            this.handles = handles;
        }
    }

    private Causes() {}

    static Set<Leg> of(History history) {
        Causes causes = new Causes();
        for (Event event : history.events()) {
            causes.take(event);
        }
        causes.ended.stream()
                .filter(end -> end.rows().stream().noneMatch(row -> row.published))
                .forEach(end -> causes.legs.add(new Leg(end.cause(), end.service(), Leg.NOTHING)));
        return causes.legs;
    }

    private void take(Event event) {
        if (event instanceof Event.Sent sent) {
            sent(sent);
        } else if (event instanceof Event.Delivered delivered) {
            Message message = delivered.message().message();
            doing.put(delivered.subscriber(), new Doing(message.type(), message.key(), true));
        } else if (event instanceof WorkEvent.Polled polled) {
            doing.put(polled.service(), new Doing(polled.poller() + " of " + polled.service(), null, false));
        } else if (event instanceof WorkEvent.TimerFired fired) {
            doing.put(fired.service(), new Doing("timer of " + fired.service(), null, false));
        } else if (event instanceof WorkEvent.Attempting attempting) {
            doing.put(attempting.service(), new Doing(Leg.TEST, null, false));
        } else if (event instanceof Event.Stepped stepped) {
            stepped(stepped.service(), stepped.step().name());
        } else if (event instanceof Event.Handled handled) {
            ends(handled.subscriber(), true);
        } else if (event instanceof WorkEvent.Attempted attempted) {
            ends(attempted.service(), attempted.attempt().completed());
        } else if (event instanceof Event.HandlerFailed failed) {
            ends(failed.subscriber(), false);
        } else if (event instanceof Event.Crashed crashed) {
            ends(crashed.service(), false);
        }
    }

    /** What was inserted counts once it is committed; where nobody says so, once the work has ended well. */
    private void stepped(String service, String step) {
        Doing now = doing.get(service);
        if (now == null) {
            return;
        }
        if (step.startsWith(INSERT)) {
            now.uncommitted.add(new Written(step.substring(INSERT.length()), now.cause, now.key));
        } else if (step.startsWith(SELECT)) {
            now.read = step.substring(SELECT.length());
        } else if (step.equals("commit")) {
            commit(service, now);
        }
    }

    private void commit(String service, Doing now) {
        waiting.computeIfAbsent(service, any -> new ArrayDeque<>()).addAll(now.uncommitted);
        now.rows.addAll(now.uncommitted);
        now.uncommitted.clear();
    }

    private void ends(String service, boolean well) {
        Doing now = doing.remove(service);
        if (now != null && well) {
            commit(service, now);
            if (now.handles && !now.sent) {
                ended.add(new Ended(now.cause, service, now.rows));
            }
        }
    }

    private void sent(Event.Sent sent) {
        Message message = sent.message().message();
        if (sent.message().kind() != StoredMessage.Kind.ORIGINAL) {
            return;
        }
        typesById.put(message.id(), message.type());
        String by = sent.by();
        if (by == null) {
            legs.add(new Leg(Leg.TEST, Leg.TEST, message.type()));
            return;
        }
        legs.add(new Leg(cause(by, message), by, message.type()));
    }

    private String cause(String by, Message message) {
        Doing now = doing.get(by);
        if (now != null) {
            now.sent = true;
        }
        for (String header : HEADERS) {
            String named = typesById.get(String.valueOf(message.headers().get(header)));
            if (named != null) {
                return named;
            }
        }
        if (now != null && (now.handles || now.read == null)) {
            return now.cause;
        }
        String table = now == null ? null : now.read;
        Written row = row(by, table, message.key());
        List<?> content = Arrays.asList(by, message.key(), message.type(), message.payload());
        String known = sentBefore.get(content);
        if (known != null && (row == null || !row.cause.equals(known))) {
            return known; // The relay has died after it had sent it, or another one was quicker.
        }
        if (row != null) {
            row.published = true;
            waiting.getOrDefault(by, new ArrayDeque<>()).remove(row);
        }
        String cause = row != null ? row.cause : now == null ? by : now.cause;
        sentBefore.put(content, cause);
        return cause;
    }

    /** Finds the first row that waits in a table, of that key if there is one. */
    private @Nullable Written row(String service, @Nullable String table, @Nullable String key) {
        return waiting.getOrDefault(service, new ArrayDeque<>()).stream()
                .filter(row -> row.table.equals(table))
                .filter(row -> key == null || row.key == null || key.equals(row.key))
                .findFirst()
                .orElse(null);
    }
}
