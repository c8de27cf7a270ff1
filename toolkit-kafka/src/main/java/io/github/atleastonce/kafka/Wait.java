package io.github.atleastonce.kafka;

import io.github.atleastonce.run.UsageException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Waits for answers of the broker, within a bound. */
final class Wait {

    private static final int SECONDS = 30;
    static final int MILLIS = SECONDS * 1000;

    private Wait() {}

    static <T> T on(Future<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
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

    private static UsageException silent(Exception failure) {
        return new UsageException("The Kafka broker gave no answer within " + SECONDS + " s: is it up?", failure);
    }
}
