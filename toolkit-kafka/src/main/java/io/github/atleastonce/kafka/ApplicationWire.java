package io.github.atleastonce.kafka;

import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.kafka.proxy.AppendVerdict;
import io.github.atleastonce.kafka.proxy.Commit;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What happens at the proxy to what the application sends and commits in its listeners. They say themselves what they do, on the thread whose turn it is, and
 * wait until it is done: so the schedule is asked before the request is there, and the proxy is told what to do with the next one. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class ApplicationWire {

    private final Run run;
    private final WirePoints points;
    private @Nullable String topic;
    private @Nullable String group;
    private Verdict verdict = Verdict.PASS;

    ApplicationWire(Run run, WirePoints points) {
        this.run = run;
        this.points = points;
    }

    /**
     * Returns what decides for a run.
     *
     * @param run the run
     * @return that, or empty if its clients come by no proxy
     */
    public static Optional<ApplicationWire> of(Run run) {
        return run.belonging(ApplicationWire.class);
    }

    /**
     * Asks the schedule what happens to the record that is sent next.
     *
     * @param next where to
     * @return whether it is lost, though the producer will be told that it was written
     */
    public boolean sends(String next) {
        Verdict decided = points.appendOfApplication(run.current().cause(), next);
        synchronized (this) {
            topic = next;
            verdict = decided;
        }
        return decided == Verdict.LOSE;
    }

    /**
     * Asks the schedule what happens to the offsets that are committed next.
     *
     * @param next by which group
     */
    public void commits(String next) {
        Verdict decided = points.commitOfApplication(run.current().cause());
        synchronized (this) {
            group = next;
            verdict = decided;
        }
    }

    /**
     * Takes note that what was asked about is done.
     *
     * @throws UsageException if it was to meet a fault, and did not come by the proxy
     */
    public synchronized void done() {
        if (verdict != Verdict.PASS) {
            String what =
                    topic == null ? "that commits for the group '" + group + "'" : "that sends to '" + topic + "'";
            throw run.history()
                    .caveats()
                    .refuse(new UsageException(
                            "BROKER_UNAVAILABLE and DROP want clients that come by the proxy, but the one " + what
                                    + " does not: give it the address that @KafkaBroker sets, or leave them out."));
        }
    }

    /** Forgets what was asked about, however it ended: it holds for no other request. */
    public synchronized void forget() {
        topic = null;
        group = null;
        verdict = Verdict.PASS;
    }

    /** Says what happens to batches, if they hold the record that was asked about; whoever tries again is left alone. */
    synchronized @Nullable AppendVerdict appending(List<Append> batches) {
        for (Append batch : batches) {
            if (batch.topic().equals(topic)) {
                return new AppendVerdict(take(), batch);
            }
        }
        return null;
    }

    /** Says what happens to a commit, if it is what was asked about. */
    synchronized Verdict committing(Commit commit) {
        return commit.group().equals(group) ? take() : Verdict.PASS;
    }

    private Verdict take() {
        Verdict taken = verdict;
        verdict = Verdict.PASS;
        return taken;
    }
}
