package io.github.atleastonce.http;

import io.github.atleastonce.channel.ComesAgainException;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sender of webhooks has tried in vain, and when it tries again by itself, if it does. For as long as no fault has happened in a run it is
 * tried again like anything else: an endpoint that refuses what it is sent without a reason is a failure of the test.
 */
final class Tries {

    private final Run run;
    private final String sender;
    private final Map<String, Lifetime> open = new HashMap<>(2);
    private final Map<String, Integer> inVain = new HashMap<>(2);
    private final Map<String, Instant> due = new HashMap<>(2);
    private final List<Message> givenUp = new ArrayList<>(2);
    private boolean disabled;

    /** A sender that does not try again has got no 2xx, or does not try at all. */
    private record GivenUp(String service, String sender, String event, String sentence) implements Event {

        @Override
        public void tell(Narration story) {
            story.remarks(service, sentence);
        }

        @Override
        public Optional<String> effect() {
            return Optional.of(sender + " has given up " + event);
        }
    }

    Tries(Run run, String sender) {
        this.run = run;
        this.sender = sender;
    }

    /** Says whether an event comes only since its receiver has died of it, which to the sender is a try in vain. */
    boolean isGivenUpByDeath(Message event, Lifetime life, Sender calendar) {
        Lifetime before = open.get(event.id());
        if (before == null || !before.isDead()) {
            return false;
        }
        open.remove(event.id());
        return giveUp(event, life, "no answer", calendar, Duration.ZERO);
    }

    /** Says whether nothing is delivered any more, to which an event is then added. */
    boolean isDisabled(Message event, Lifetime life) {
        if (disabled) {
            giveUp(event, life, "its endpoint is gone: " + sender + " does not deliver " + event.title());
        }
        return disabled;
    }

    /** Delivers nothing any more: the endpoint is gone, as it says itself. Without any fault that is no failure, but nothing to be silent about. */
    void disable(Message event, Lifetime life, int status) {
        open.remove(event.id());
        disabled = true;
        if (isUndisturbed()) {
            run.history()
                    .caveats()
                    .remark("'" + life.service() + "' answered " + status + ", so that " + sender
                            + " delivered nothing any more");
        }
        giveUp(event, life, "answered " + status + ": " + sender + " delivers nothing any more");
    }

    void begin(Message event, Lifetime life) {
        open.put(event.id(), life);
        due.remove(event.id());
    }

    void taken(Message event) {
        open.remove(event.id());
        inVain.remove(event.id());
    }

    /** Takes note of a try in vain, after which the endpoint has asked to wait, and says whether it was the last. */
    boolean isGivenUp(Message event, Lifetime life, String why, Sender calendar, Duration asked) {
        open.remove(event.id());
        return giveUp(event, life, why, calendar, asked);
    }

    private boolean giveUp(Message event, Lifetime life, String why, Sender calendar, Duration asked) {
        int tries = inVain.merge(event.id(), 1, Integer::sum);
        Optional<Duration> wait = calendar.retryAfter(tries);
        if (wait.isPresent()) {
            Duration longer = wait.get().compareTo(asked) < 0 ? asked : wait.get();
            due.put(event.id(), run.clock().instant().plus(longer));
            return false;
        }
        if (isUndisturbed()) {
            return false;
        }
        giveUp(event, life, why + ": " + sender + " does not deliver " + event.title() + " again by itself");
        return true;
    }

    private void giveUp(Message event, Lifetime life, String sentence) {
        inVain.remove(event.id());
        due.remove(event.id());
        givenUp.add(event);
        run.history().add(new GivenUp(life.service(), sender, event.title(), sentence));
    }

    private boolean isUndisturbed() {
        return run.history().of(Event.Injected.class).findAny().isEmpty();
    }

    /** Makes what is thrown for a try in vain: it says when the event comes again, if its sender does that by itself. */
    Exception inVain(Message event, Exception failure) {
        Instant again = due.get(event.id());
        return again == null ? failure : new ComesAgainException(failure, again);
    }

    /** Returns when the next event comes again that was tried in vain. */
    Optional<Instant> next() {
        return due.values().stream().min(Instant::compareTo);
    }

    /** Hands out what was given up, once, to somebody who has enabled the endpoint again if need be. */
    List<Message> takeGivenUp() {
        disabled = false;
        List<Message> all = List.copyOf(givenUp);
        givenUp.clear();
        return all;
    }
}
