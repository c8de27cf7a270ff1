package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What the application has sent, and what came of it. */
record SentRecord(ProducerRecord<?, ?> sent, @Nullable Object landing) {

    /** Lets the history know of it, if it was written. */
    void note(Run run, Lifetime life) {
        RunRecords.of(run)
                .flatMap(records -> written().flatMap(where -> records.sent(sent, where)))
                .ifPresent(message ->
                        run.history().add(new Event.Sent(run.current().actor(life), message)));
    }

    /** Returns where it was written, if it was. */
    Optional<RecordMetadata> written() {
        if (!(landing instanceof Future<?> landed && landed.isDone())) {
            return Optional.empty();
        }
        try {
            return Optional.of((RecordMetadata) landed.get());
        } catch (ExecutionException notWritten) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
