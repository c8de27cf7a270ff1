package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.schedule.Injected;
import org.apache.kafka.clients.consumer.CommitFailedException;

/** What a consumer is told whose group has gone on without it. */
final class OffsetsNotCommittedException extends CommitFailedException implements Injected {

    private static final long serialVersionUID = 1L;
}
