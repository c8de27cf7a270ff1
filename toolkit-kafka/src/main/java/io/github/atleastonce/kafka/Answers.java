package io.github.atleastonce.kafka;

import io.github.atleastonce.run.DisturbedException;
import io.github.atleastonce.run.UsageException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Waits for answers of the broker, within a bound. Not thread-safe. */
final class Answers {

    private final Duration bound;
    private boolean missing;

    Answers(Duration bound) {
        this.bound = bound;
    }

    /** For the time of a test: a broker that others keep busy, or that starts again, is not away. */
    static Answers patient() {
        return new Answers(Duration.ofSeconds(30));
    }

    /** For when nothing hangs on the answer but tidiness, or a sentence that comes soon. */
    static Answers soon() {
        return new Answers(Duration.ofSeconds(10));
    }

    /** Says whether the last answer did not come. */
    boolean areMissing() {
        return missing;
    }

    int millis() {
        return (int) bound.toMillis();
    }

    /**
     * Waits for an answer.
     *
     * @throws DisturbedException if there is none
     */
    <T> T await(Future<T> answer) {
        try {
            T received = answer.get(bound.toMillis(), TimeUnit.MILLISECONDS);
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
                "The Kafka broker gave no answer within " + bound.toSeconds() + " s: is it up?",
                "Look what has become of the broker, and run the test again.",
                failure);
    }
}
