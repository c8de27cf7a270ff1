package io.github.atleastonce.report;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.StoredMessage;
import org.jspecify.annotations.Nullable;

/** Words the steps of services. A step is often preceded by the facts about it: the message sent, the rows changed. */
final class StepWords {

    private @Nullable StoredMessage sent;
    private Event.@Nullable Executed executed;
    private boolean ended;

    String sending(StoredMessage message) {
        sent = message;
        return "send " + Brief.name(message.position()) + " " + Brief.message(message);
    }

    void executed(Event.Executed statement) {
        executed = statement;
    }

    void transactionEnded() {
        ended = true;
    }

    /** Says whether the step that comes now changed nothing by itself: a query, or the end of a transaction. */
    boolean onlyReads() {
        return executed == null ? ended : executed.rows() < 0;
    }

    /** Returns the words for a step, or nothing if it has been told already. */
    String of(Event.Stepped step) {
        StoredMessage message = sent;
        Event.Executed statement = executed;
        sent = null;
        executed = null;
        ended = false;
        if (message != null && step.step().equals("send " + message.label().channel())) {
            return "";
        }
        String words = Brief.step(step.step());
        return statement != null && statement.service().equals(step.service()) ? words + rows(statement.rows()) : words;
    }

    /** One row is what everybody expects. */
    private static String rows(long rows) {
        return rows == 0 || rows > 1 ? " (" + rows + " rows)" : "";
    }
}
