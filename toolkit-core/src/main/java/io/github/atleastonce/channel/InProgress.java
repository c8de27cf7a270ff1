package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A delivery that has begun and not ended; a second consumer gets it at most once, and confirms nothing. */
final class InProgress {

    final Position position;
    final Handlers member;
    final StoredMessage message;
    final Delivery delivery;
    private final Run run;
    private @Nullable Instant due;
    boolean doubled;

    InProgress(Run run, Position position, Handlers member, StoredMessage message) {
        this.run = run;
        this.position = position;
        this.member = member;
        this.message = message;
        this.delivery = new Delivery(run, member.life(), member.life().service(), message);
    }

    void handle() throws Exception {
        try {
            Position.handle(member, message);
        } catch (ComesAgainException failed) {
            due = failed.due();
            throw failed.failure();
        }
    }

    /** Tells when the message comes again that was handled in vain. */
    Instant due() {
        return due == null ? run.clock().now().plus(run.bounds().delay()) : due;
    }

    /** Says whether the partition was given to another member meanwhile, so that nothing can be acknowledged. */
    boolean isLost() {
        return position.reader() != member;
    }
}
