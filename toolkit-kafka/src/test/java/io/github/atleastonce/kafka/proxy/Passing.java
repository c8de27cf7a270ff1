package io.github.atleastonce.kafka.proxy;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Lets all pass. */
public abstract class Passing implements Watch {

    @Override
    public AppendVerdict appending(List<Append> batches) {
        return new AppendVerdict(Verdict.PASS, batches.get(0));
    }

    @Override
    public boolean appended(Append batch, long offset) {
        return true;
    }

    @Override
    public Verdict committing(Commit commit) {
        return Verdict.PASS;
    }

    @Override
    public boolean committed(Commit commit, boolean done) {
        return true;
    }

    @Override
    public long givesBefore(String group, TopicPartition partition, long end) {
        return Long.MAX_VALUE;
    }

    @Override
    public Verdict delivering(String door, String group, TopicPartition partition) {
        return Verdict.PASS;
    }

    @Override
    public void awaitChange() {}
}
