package io.github.atleastonce.report;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Moment;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.history.Titled;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of a history: a row for each thing that a service did, with its steps, and one for each fault. Sends of the
 * test, first boots that went well, and polls that found nothing, are left out.
 */
final class Narrator implements Narration {

    private final Scene scene = new Scene();
    private final DeliveryMarks marks = new DeliveryMarks();
    private final Polls polls = new Polls();
    private final Ledger ledger = new Ledger();
    private final Wording wording;

    /** The attempt that has not been concluded. */
    private Row.@Nullable Act attempt;

    /** The step that was told already, by the message that it sent. */
    private @Nullable Step told;

    /** What was thrown last. */
    private @Nullable String thrown;

    /** Whether a transaction was undone since the last fault. */
    private boolean undone;

    /** Whether the message at hand was acknowledged. */
    private boolean acknowledged;

    /**
     * What happened.
     *
     * @param rows in order
     * @param ledger what stood in tables and offsets after each of them
     * @param history that of which it is told
     */
    record Tale(List<Row> rows, Ledger ledger, History history) {

        /** Returns the same rows in words that are the same in each run that does the same. */
        Tale compared() {
            return Narrator.tale(history, Wording.COMPARED);
        }
    }

    private Narrator(Wording wording) {
        this.wording = wording;
    }

    static List<Row> rows(History history) {
        return tale(history).rows();
    }

    static Tale tale(History history) {
        return tale(history, Wording.READ);
    }

    private static Tale tale(History history, Wording wording) {
        Narrator narrator = new Narrator(wording);
        for (Event event : history.events()) {
            event.tell(narrator);
        }
        narrator.turnPage();
        return new Tale(narrator.scene.rows(narrator.polls.idle()), narrator.ledger, history);
    }

    /** What has happened in the books belongs to the row that was told last. */
    private void turnPage() {
        ledger.enter(scene.last());
    }

    private Row.Act begin(Row.Act act) {
        turnPage();
        return scene.begin(act);
    }

    private void interrupt(String injury, @Nullable String dead) {
        turnPage();
        scene.interrupt(injury, dead);
    }

    @Override
    public void begins(String service, String title) {
        begin(Row.Act.of(service, title));
    }

    @Override
    public void attempts(String service, String title) {
        attempt = begin(Row.Act.attempt(service, title));
    }

    @Override
    public void polls(String service, String title) {
        polls.began(begin(Row.Act.of(service, title)));
    }

    @Override
    public void reaches(String subscriber, StoredMessage message) {
        acknowledged = false;
        marks.mark(begin(Row.Act.of(subscriber, message, subscriber, wording)), subscriber, message);
        ledger.reached(subscriber, message);
    }

    @Override
    public void goesOn(String service, Titled what) {
        scene.goOn(service, what);
    }

    @Override
    public void does(String service, Step step) {
        boolean known = step.equals(told);
        told = null;
        acknowledged |= step.acknowledges();
        if (!known) {
            polls.did(step, scene.act());
            ledger.enter(scene.did(service, Row.Deed.of(step, wording)));
        }
    }

    @Override
    public void sends(@Nullable String by, StoredMessage message) {
        marks.sent(message);
        if (by == null && message.kind() == StoredMessage.Kind.ORIGINAL) {
            turnPage();
            scene.give(Row.Deed.send(message, wording));
        }
        ledger.sent(message);
        if (by != null && message.kind() == StoredMessage.Kind.ORIGINAL) {
            told = new Step.Send(message.label().channel());
            scene.did(by, Row.Deed.send(message, wording));
            polls.found();
        }
    }

    @Override
    public void remarks(String service, String words) {
        scene.did(service, Row.Deed.of(words));
    }

    @Override
    public void fails(String service, Throwable failure) {
        String failed = Brief.failure(failure, wording);
        polls.found();
        scene.did(service, Row.Deed.of(failed.equals(thrown) ? "threw the same" : "threw " + failed));
        thrown = failed;
        scene.end();
    }

    @Override
    public void fails(String subscriber, StoredMessage message, Throwable failure) {
        marks.failed(subscriber, message);
        fails(subscriber, failure);
    }

    @Override
    public void ends() {
        scene.end();
    }

    @Override
    public void concludes(@Nullable String outcome) {
        if (attempt != null && outcome != null) {
            attempt.mark(outcome);
        }
        attempt = null;
        scene.end();
    }

    @Override
    public void suffers(Fault fault, String what) {
        marks.suffered(fault);
        polls.disturbed(scene.act());
        turnPage();
        undone = false;
        if (fault != Fault.CRASH) {
            interrupt(fault + ": " + Brief.phrase(what), null);
        }
    }

    @Override
    public void changes(String owner, int transaction, String what, long rows, String values) {
        ledger.changes(owner, transaction, what, rows, wording.of(values));
    }

    @Override
    public void concludes(int transaction, boolean committed) {
        undone |= !committed;
        ledger.concludes(transaction, committed);
    }

    @Override
    public void consumes(String group, String channel, long records) {
        turnPage();
        scene.note(Row.Consumed.more(group, channel, records));
    }

    @Override
    public void commits(String group, String partition, long offset) {
        ledger.commits(group, partition, offset);
    }

    @Override
    public void dies(String service, Moment moment) {
        turnPage();
        ledger.dies(service);
        String injury = "CRASH " + Brief.phrase(death(service, moment));
        scene.interrupt(injury, service);
        scene.die(service);
        undone = false;
    }

    private String death(String service, Moment moment) {
        Titled during = moment.during();
        if (during == null) {
            return "of " + service + " " + moment.where();
        }
        Row.Act act = scene.act();
        if (act == null) {
            return moment.where() + " of " + during.title();
        }
        boolean comesAgain = act.isDelivery() && !acknowledged;
        return moment.where() + (undone ? ", before commit" : comesAgain ? ", before acknowledgement" : "");
    }

    @Override
    public void lives(String service, int life) {
        scene.live(service, life);
    }

    @Override
    public void notes(String words) {
        turnPage();
        scene.note(Row.Act.of("", words));
    }

    @Override
    public void passes(StoredMessage message, String target, String words, String mark) {
        Row.Act passage = begin(Row.Act.of("", message, target, wording));
        if (!words.isEmpty()) {
            passage.add(Row.Deed.of(words));
        }
        if (!mark.isEmpty()) {
            passage.mark(mark);
        }
        scene.end();
    }

    @Override
    public void waits(Duration by) {
        marks.waited(by);
        notes("the clock moves by " + Brief.duration(by));
    }

    @Override
    public void rests() {
        marks.rested();
        turnPage();
        scene.rest();
    }
}
