package io.github.atleastonce.examples.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the cold start of the embedded broker beside those of others: from the start of a JVM to the first record that a group has read. All by
 * turns, so that what disturbs one disturbs the others. Wants to be run in the root of the project, with the examples compiled.
 */
public final class ColdStartBenchmark {

    private static final int ROUNDS = 7;

    private ColdStartBenchmark() {}

    /** What one broker took. */
    private static final class Start {

        private final Peer peer;
        private final double[] millis = new double[ROUNDS];
        private String kafka = "";

        Start(Peer peer) {
            this.peer = peer;
        }

        void measure(int round) throws IOException, InterruptedException {
            String[] last = Child.sinceNow(peer.classPath(), FirstRecord.class.getName(), peer.main())
                    .split(" ");
            kafka = last[1];
            if (round >= 0) {
                millis[round] = Double.parseDouble(last[0]);
            }
        }

        /** Whoever does not start is told, and left out; what warms up is the file cache. */
        boolean starts() {
            try {
                measure(-1);
                return true;
            } catch (IOException failure) {
                Row.note(peer.title() + " did not start here, and is left out.");
                return false;
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        double median() {
            return Row.median(millis);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,.0f ms, Kafka %s", median(), kafka);
        }
    }

    /**
     * Prints the medians and their ratios.
     *
     * @param arguments none
     * @throws Exception if a child cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        Start ours = new Start(new Peer("", EmbeddedBroker.class.getName(), System.getProperty("java.class.path")));
        Start reused = new Start(new Peer("", ReusedBroker.class.getName(), System.getProperty("java.class.path")));
        Start archived =
                new Start(new Peer("", ReusedBroker.Started.class.getName(), System.getProperty("java.class.path")));
        List<Start> others = new ArrayList<>();
        Peer.find("spring-kafka-test", "spring-kafka-test", "peer.SpringKafkaBroker")
                .map(Start::new)
                .ifPresent(others::add);
        Peer.find("kroxylicious", "the JUnit extension of Kroxylicious", "peer.KroxyliciousBroker")
                .map(Start::new)
                .ifPresent(others::add);
        if (ContainerEngine.isThere()) {
            Peer.find("testcontainers", "Testcontainers", "peer.ContainerBroker")
                    .map(Start::new)
                    .ifPresent(others::add);
        } else {
            Row.note("No container engine was there: Testcontainers is left out.");
        }
        for (Start own : List.of(ours, reused, archived)) {
            own.measure(-1);
        }
        others.removeIf(other -> !other.starts());
        for (int round = 0; round < ROUNDS; round++) {
            ours.measure(round);
            archived.measure(round);
            reused.measure(round);
            for (Start other : others) {
                other.measure(round);
            }
        }
        Row.print(
                "broker in a JVM of its own, with its classes archived, JVM start to first record read by a group",
                archived.toString(),
                "embedded: " + ours,
                Row.ratio(archived.median() / ours.median()));
        Row.print(
                "broker that the last build has left, JVM start to first record read by a group",
                reused.toString(),
                "embedded: " + ours,
                Row.ratio(reused.median() / ours.median()));
        for (Start other : others) {
            Row.print(
                    "embedded broker, JVM start to first record read by a group",
                    ours.toString(),
                    other.peer.title() + ": " + other,
                    Row.ratio(ours.median() / other.median()));
        }
    }
}
