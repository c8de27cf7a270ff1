package io.github.atleastonce.kafka.proxy;

import org.apiguardian.api.API;

/**
 * What is to happen with what one request appends.
 *
 * @param verdict what happens
 * @param batch what it was decided about; which batches share a request is chance, so nothing else of the request is lost, or written twice
 */
@API(status = API.Status.INTERNAL)
public record AppendVerdict(Verdict verdict, Append batch) {

    boolean hits(Append other) {
        return batch.topicPartition().equals(other.topicPartition());
    }
}
