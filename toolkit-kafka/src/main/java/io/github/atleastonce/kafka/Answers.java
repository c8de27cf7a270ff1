package io.github.atleastonce.kafka;

import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Waits for answers of the broker: each within the bound {@code brokerTimeout} of the present run. Not thread-safe. */
final class Answers {

    private final String bootstrapServers;
    private Bounds bounds;
    private boolean missing;

    Answers(String bootstrapServers, Bounds bounds) {
        this.bootstrapServers = bootstrapServers;
        this.bounds = bounds;
    }

    /** Keeps to the bounds of another run from now on. */
    void within(Bounds others) {
        bounds = others;
    }

    /** Says whether the last answer did not come. */
    boolean areMissing() {
        return missing;
    }

    /** Returns the bound, as a setting of a client. */
    int millis() {
        return (int)
                Math.min(Integer.MAX_VALUE, Math.max(1, bounds.brokerTimeout().toMillis()));
    }

    /**
     * Waits for an answer.
     *
     * @throws DisturbedException if there is none
     */
    <T> T await(Future<T> answer) {
        try {
            T received = answer.get(bounds.brokerTimeout().toNanos(), TimeUnit.NANOSECONDS);
            missing = false;
            return received;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw silent(failure);
            }
            throw failure.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(failure.getCause());
        } catch (TimeoutException failure) {
            throw silent(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new UsageException("Interrupted while waiting for the Kafka broker.", failure);
        }
    }

    private DisturbedException silent(Exception failure) {
        missing = true;
        return new DisturbedException(
                "The Kafka broker at " + bootstrapServers + " gave no answer within " + Bound.BROKER_TIMEOUT.in(bounds)
                        + ": is it up?",
                "Look what has become of the broker, and run the test again.",
                failure);
    }
}
