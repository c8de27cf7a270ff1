package io.github.atleastonce.report;

import io.github.atleastonce.history.Attempt;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of a history: a row for each thing that a service did, with its steps, and one for each fault. Sends of the
 * test, first boots that went well, and polls that found nothing, are left out.
 */
final class Narrator {

    private final List<Row> rows = new ArrayList<>();
    private final DeliveryMarks marks = new DeliveryMarks();
    private final StepWords words = new StepWords();
    /** Polls that looked and found nothing: they are left out. */
    private final Set<Row> idlePolls = new HashSet<>();

    private final Set<String> up = new HashSet<>();
    private final Set<String> died = new HashSet<>();
    /** What is going on. Steps of its service belong to it, until it ends or a fault interrupts it. */
    private Row.@Nullable Act act;

    /** What goes on while several things happen at once, until a step of it is told. */
    private Event.@Nullable Resumed goingOn;

    private Row.@Nullable Act attempt;
    private Row.@Nullable Act boot;
    private Row.@Nullable Act poll;
    private boolean interrupted;
    private @Nullable String thrown;
    private @Nullable String crash;
    private boolean rolledBack;
    private @Nullable StoredMessage dead;

    private Narrator() {}

    static List<Row> rows(History history) {
        Narrator narrator = new Narrator();
        for (Event event : history.events()) {
            narrator.marks.see(event);
            narrator.tell(event);
        }
        narrator.rows.removeAll(narrator.idlePolls);
        while (!narrator.rows.isEmpty() && narrator.last() instanceof Row.Rest) {
            narrator.rows.remove(narrator.rows.size() - 1);
        }
        return narrator.rows;
    }

    private void tell(Event event) {
        if (event instanceof Event.Stepped stepped) {
            stepped(stepped);
        } else if (event instanceof Event.Executed executed) {
            words.executed(executed);
        } else if (event instanceof Event.TransactionEnded ended) {
            rolledBack |= crash != null && !ended.committed();
            words.transactionEnded();
        } else if (event instanceof Event.Sent message) {
            sent(message);
        } else if (event instanceof Event.Delivered delivered) {
            delivered(delivered);
        } else if (event instanceof Event.Handled) {
            act = null;
        } else if (event instanceof Event.HandlerFailed failed) {
            threw(failed.subscriber(), failed.failure());
            act = null;
        } else if (event instanceof Event.DeadLettered message) {
            deadLettered(message);
        } else if (event instanceof Event.Injected injected) {
            injected(injected);
        } else if (event instanceof Event.Crashed crashed) {
            crashed(crashed);
        } else if (event instanceof Event.Booted booted) {
            booted(booted);
        } else {
            begun(event);
        }
    }

    private void begun(Event event) {
        if (event instanceof Event.Attempting begun) {
            attempt = begin(begun.service(), "attempt " + begun.number() + " in " + begun.service());
        } else if (event instanceof Event.Attempted attempted) {
            attempted(attempted.service(), attempted.attempt());
        } else if (event instanceof Event.Polled polled) {
            poll = begin(polled.service(), polled.poller() + " of " + polled.service());
        } else if (event instanceof Event.WorkFailed failed) {
            threw(failed.service(), failed.failure());
            act = null;
        } else if (event instanceof Event.Waiting waiting) {
            did(waiting.service(), "waits for the other");
        } else if (event instanceof Event.Resumed resumed) {
            act = null;
            goingOn = resumed;
        } else if (event instanceof Event.TimerFired fired) {
            begin(fired.service(), "timer of " + fired.service());
        } else if (event instanceof Event.Elapsed elapsed) {
            begin("", "the clock moves by " + Brief.duration(elapsed.by()));
            act = null;
        } else if (event instanceof Event.Published published) {
            published(published.message());
        } else if (event instanceof Event.Consumed consumed) {
            String records = consumed.records() == 1 ? "1 record" : consumed.records() + " records";
            begin("", consumed.group() + " consumed " + records + " of " + consumed.channel());
            act = null;
        } else if (event instanceof Event.Settled) {
            act = null;
            if (!rows.isEmpty() && !(last() instanceof Row.Rest)) {
                rows.add(new Row.Rest());
            }
        }
    }

    private void sent(Event.Sent event) {
        StoredMessage message = event.message();
        switch (message.kind()) {
            case ORIGINAL -> {
                if (event.by() != null) {
                    did(event.by(), words.sending(message));
                    idlePolls.remove(poll);
                }
            }
            case DEAD_LETTER -> dead = message;
            default -> {}
        }
    }

    private void stepped(Event.Stepped stepped) {
        boolean idle = words.onlyReads();
        String step = words.of(stepped);
        if (step.isEmpty()) {
            return;
        }
        if (idle && act != null && act == poll && act.steps().isEmpty()) {
            idlePolls.add(act);
        }
        did(stepped.service(), step);
        if (!idle) {
            idlePolls.remove(poll);
        }
    }

    private void delivered(Event.Delivered event) {
        StoredMessage message = event.message();
        Row.Act delivery =
                begin(Row.Act.of(event.subscriber(), message.position(), Brief.message(message), event.subscriber()));
        marks.mark(delivery, event);
    }

    private void published(StoredMessage message) {
        Row.Act publication = begin(Row.Act.of("", message.position(), Brief.message(message), "broker"));
        if (message.kind() == StoredMessage.Kind.COPY) {
            publication.mark(Fault.DUPLICATE.name());
        }
        act = null;
    }

    private void deadLettered(Event.DeadLettered event) {
        StoredMessage message = event.message();
        String target = dead == null ? "dead letter channel" : dead.position();
        Row.Act aside = begin(Row.Act.of(event.subscriber(), message.position(), Brief.message(message), target));
        aside.add("put aside by " + event.subscriber());
        aside.mark("DEAD LETTER");
        act = null;
    }

    private void injected(Event.Injected event) {
        idlePolls.remove(act);
        if (event.fault() == Fault.CRASH) {
            crash = event.phrase();
            return;
        }
        rows.add(new Row.Injury(event.fault() + ": " + Brief.phrase(event.phrase())));
        interrupted = true;
    }

    private void crashed(Event.Crashed event) {
        String phrase = crash;
        String what;
        if (phrase == null) {
            what = "of " + event.service() + " " + event.where();
        } else if (act == null || phrase.endsWith(event.where())) {
            what = phrase.startsWith("crash ") ? phrase.substring(6) : phrase;
        } else {
            what = event.where()
                    + (rolledBack ? ", before commit" : act.isDelivery() ? ", before acknowledgement" : "");
        }
        rows.add(new Row.Injury("CRASH " + Brief.phrase(what)));
        crash = null;
        rolledBack = false;
        act = null;
        boot = null;
        up.remove(event.service());
        died.add(event.service());
    }

    private void booted(Event.Booted event) {
        up.add(event.service());
        if (boot != null && event.life() == 1) {
            rows.remove(boot);
        }
        boot = null;
        act = null;
    }

    private void attempted(String service, Attempt ended) {
        if (ended.failure() != null) {
            threw(service, ended.failure());
        }
        if (attempt != null && !ended.completed()) {
            attempt.mark(ended.result().name());
        }
        attempt = null;
        act = null;
    }

    private void did(String service, String step) {
        Row.Act present = act;
        if (present == null && goingOn != null && goingOn.service().equals(service)) {
            present = begin(service, "… " + goingOn.what() + " goes on");
        } else if (present == null) {
            present = up.contains(service) ? begin(service, service) : starting(service);
        } else if (interrupted) {
            present = begin(present.service(), "… " + present.service() + " goes on");
        }
        present.add(present.service().equals(service) ? step : service + ": " + step);
    }

    private void threw(String service, Throwable failure) {
        String failed = Brief.failure(failure);
        idlePolls.remove(poll);
        did(service, failed.equals(thrown) ? "threw the same" : "threw " + failed);
        thrown = failed;
    }

    private Row.Act starting(String service) {
        Row.Act starting = begin(service, service + (died.contains(service) ? " starts again" : " starts"));
        boot = starting;
        return starting;
    }

    private Row.Act begin(String service, String title) {
        return begin(Row.Act.of(service, title));
    }

    private Row.Act begin(Row.Act next) {
        rows.add(next);
        act = next;
        goingOn = null;
        interrupted = false;
        return next;
    }

    private Row last() {
        return rows.get(rows.size() - 1);
    }
}
