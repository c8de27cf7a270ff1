package io.github.atleastonce.check;

import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.assertj.core.api.AssertProvider;

/**
 * The messages on a channel, such as a topic of Kafka, once all is quiet. Hand it to AssertJ's {@code assertThat}.
 *
 * <pre>{@code
 * assertThat(Messages.of(scenario, "invoices"))
 *     .withoutRepetitions()
 *     .withKey("o-1")
 *     .json("amount").containsExactly(30);
 * assertThat(Messages.of(scenario, "refunds")).hasNone();
 * }</pre>
 *
 * <p>Copies and unreadable records that faults have put there are none of these; what a service has sent twice by itself is. Used on the
 * thread of the test.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Messages implements AssertProvider<MessagesAssert> {

    private final Scenario scenario;
    private final String channel;

    private Messages(Scenario scenario, String channel) {
        this.scenario = scenario;
        this.channel = channel;
    }

    /**
     * Looks at a channel.
     *
     * @param scenario the scenario
     * @param channel the channel's name; a dead letter channel is one, too
     * @return its messages
     */
    public static Messages of(Scenario scenario, String channel) {
        return new Messages(scenario, channel);
    }

    /**
     * Lets all come to rest, and looks.
     *
     * @throws UsageException if nobody knows the channel
     * @throws io.github.atleastonce.run.NotSettledException if it does not come to rest within its bound
     */
    @Override
    public MessagesAssert assertThat() {
        scenario.settle();
        Optional<List<StoredMessage>> contents = ScenarioRun.contents(scenario, channel);
        if (contents.isEmpty() && isFaultFree()) {
            throw new UsageException("Nobody has sent to the channel '" + channel
                    + "', subscribed to it or declared it, so "
                    + "nothing is shown by what is there. If that is its name, say scenario.channel(\"" + channel
                    + "\") before the services begin.");
        }
        List<Message> messages = contents.orElse(List.of()).stream()
                .filter(stored -> switch (stored.kind()) {
                    case ORIGINAL, DEAD_LETTER -> true;
                    case COPY, POISON -> false;
                })
                .map(StoredMessage::message)
                .toList();
        return new MessagesAssert(messages, this).as("the messages of '%s'", channel);
    }

    private boolean isFaultFree() {
        return delivers()
                && CommittedWrites.of(ScenarioRun.of(scenario).history()).isFaultFree();
    }

    /** Says whether anything is delivered in this run, so that what is not there has not come. */
    boolean delivers() {
        return ScenarioRun.of(scenario).faults().delivers();
    }
}
