package io.github.atleastonce.kafka;

import io.github.atleastonce.run.UsageException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Waits for answers of the broker, within a bound. */
final class Wait {

    private static final long SECONDS = 30;

    private Wait() {}

    static <T> T on(Future<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(failure.getCause());
        } catch (TimeoutException failure) {
            throw new UsageException("The Kafka broker gave no answer within " + SECONDS + " s: is it up?", failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new UsageException("Interrupted while waiting for the Kafka broker.", failure);
        }
    }
}
