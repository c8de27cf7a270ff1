package io.github.atleastonce.report;

import io.github.atleastonce.schedule.Fault;

/** What a fault is in production, and what stands against it. */
final class Reasons {

    private Reasons() {}

    static String of(Fault fault) {
        return switch (fault) {
            case DUPLICATE ->
                "A producer or a relay that did not hear of its success sends again, so the same message lies on the channel twice. Recognise it: keep the ids of "
                        + "what was handled in the transaction of the work, or let a unique key, an upsert or a guard on the state refuse the second time.";
            case REDELIVERY ->
                "The acknowledgement was lost, or the consumer was slow, and the broker delivers the same position again. Recognise what was handled in the "
                        + "transaction of the work; acknowledge only after its commit.";
            case REORDER ->
                "Another message overtakes, since nothing orders channels, partitions or groups among each other. Let the state say whether a message fits, keep what comes too "
                        + "early, or carry a version and drop what is older.";
            case DELAY ->
                "A message is held up while time passes: time-outs fire and leases end before it comes. Let a late message meet the state that is now, and do not take silence for "
                        + "an answer.";
            case CRASH ->
                "The process dies between two steps: what was committed stays, what was not is gone, and what was not acknowledged comes again. Put what belongs together "
                        + "into one transaction, a message to be sent as a row of an outbox, and make what comes again harmless.";
            case PAUSE ->
                "A process stalls, by a collection of garbage or a machine that sleeps, and goes on later with what it believed: its lease has ended, and another has taken over. Check at "
                        + "the write what was true before, by a fencing token or a version, and not by the clock.";
            case CONNECTION_LOST ->
                "The database was reached, but its answer did not come: a commit may have been made or not. Let the message come again, and recognise there what was done.";
            case SEND_FAILED ->
                "The broker did not take the message. Wait for its acknowledgement before anything is marked as sent, and keep what is to be sent until then.";
            case SEND_UNCERTAIN ->
                "The send reports an error, and the message was written all the same. Send it again rather than take the work back, and let consumers recognise the second one.";
            case CONCURRENT ->
                "Two deliveries are handled at once. Lock the row, check its version when it is written, or let the database compute: what was read before may be old.";
            case COMMIT_FAILED ->
                "The commit of the offset reports an error. The records come again: recognise them, and do not take back work that was committed.";
            case REBALANCE ->
                "The partitions are given to another consumer while this one has their records in hand. Both handle them: recognise what was handled in the transaction of the work.";
            case BROKER_UNAVAILABLE ->
                "The broker is away for a while. Let clients try again for longer than that, and keep what is to be sent.";
            case POISON ->
                "A record comes that cannot be read. Put it aside, into a dead letter channel, and go on with those behind it.";
            case DROP -> "A message never arrives. No broker that keeps its promises does this; it was asked for.";
            case RESPONSE_LOST ->
                "The third party has done what it was asked for, and its answer did not come. Send the same idempotency key again, one for each business transaction.";
            case RESPONSE_ERROR ->
                "The third party answers with an error, before or after it has done what it was asked for. Do not take an error for \"not done\": ask again with the same "
                        + "idempotency key.";
            case RESPONSE_SLOW ->
                "The third party has done what it was asked for, and its answer comes when nobody waits for it any more. A time-out says nothing about what was done: ask again "
                        + "with the same idempotency key.";
            case FORGED -> "A webhook comes whose signature does not fit. Verify it before anything is done.";
            case STALE ->
                "A webhook comes that was recorded long ago. Verify its time stamp, which is part of what is signed.";
            case OLD_SCHEMA ->
                "The message was written by a release before today's: during a deployment old producers go on beside new ones, and what they have written lies on the topic. Read every "
                        + "version that may lie there, and give what was added since a default.";
        };
    }
}
