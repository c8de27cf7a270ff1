package io.github.atleastonce.process;

import io.github.atleastonce.jdbc.WireSession;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The polls that may come by one connection. What was asked for in one go is answered as one. */
final class Polls {

    private final List<Poll> all;
    private final PostgreSqlConversation conversation;
    private final BooleanSupplier closing;
    private volatile @Nullable Poll present;
    /** The number of the group of requests that the poll is part of. */
    private volatile int group;

    /** The start of the connection is answered like a group of requests. */
    private int asked = 1;

    private int answered;
    private int rows;
    private int content;

    Polls(List<Poll> all, PostgreSqlConversation conversation, BooleanSupplier closing) {
        this.all = all;
        this.conversation = conversation;
        this.closing = closing;
    }

    /** Lets what is a poll wait until it is ticked. On the thread that reads what the client sends. */
    void before(PostgreSqlMessage message) {
        if (all.isEmpty()) {
            return;
        }
        if (message.type() == 'Q' || message.type() == 'S') {
            asked++;
        }
        for (String statement : conversation.about(message)) {
            String name = WireSession.nameOf(statement);
            for (Poll poll : all) {
                if (poll.meets(name)) {
                    poll.await(conversation, closing);
                    group = message.type() == 'Q' ? asked : asked + 1;
                    present = poll;
                }
            }
        }
    }

    /** Takes note of what the server answers. */
    void answers(PostgreSqlMessage message) {
        if (message.type() == 'D' && present != null && answered + 1 == group) {
            rows++;
            content = 31 * content + Arrays.hashCode(message.body());
        }
    }

    /** Takes note that the run knows what the last group of requests has done. */
    void answered() {
        answered++;
        Poll poll = present;
        if (poll != null && answered == group) {
            present = null;
            poll.answered(rows, content);
            rows = 0;
            content = 0;
        }
    }
}
