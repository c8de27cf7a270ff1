package peer;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/**
 * Two threads that handle the same order at once, under the model checker of Lincheck. The same body as {@code Race} in examples/benchmarks.
 */
public final class LincheckRace {

    private static final int INVOCATIONS = 1_000;

    private static final class Customers {

        private boolean known;
        private int credit = 100;

        /** Reads, and then writes. */
        void handle() {
            if (!known) {
                known = true;
                credit -= 30;
            }
        }

        /** The same, one after the other. */
        synchronized void handleAlone() {
            handle();
        }
    }

    private LincheckRace() {}

    /**
     * Prints milliseconds from the start of the JVM to the first failure ({@code first}), or how many schedules of the sound twin are run a second ({@code rate}).
     *
     * @param arguments which of the two, and when the JVM was asked for, in milliseconds since the epoch
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("first")) {
            try {
                Lincheck.runConcurrentTest(INVOCATIONS, () -> race(false));
                throw new IllegalStateException("Lincheck should have found the race.");
            } catch (LincheckAssertionError found) {
                System.out.println(System.currentTimeMillis() - Long.parseLong(arguments[1]));
            }
        } else {
            for (int round = 0; round < 7; round++) {
                long began = System.nanoTime();
                Lincheck.runConcurrentTest(INVOCATIONS, () -> race(true));
                System.out.println(INVOCATIONS * 1e9 / (System.nanoTime() - began));
            }
        }
        System.exit(0);
    }

    private static void race(boolean alone) {
        Customers customers = new Customers();
        Runnable handler = alone ? customers::handleAlone : customers::handle;
        Thread first = new Thread(handler);
        Thread second = new Thread(handler);
        first.start();
        second.start();
        try {
            first.join();
            second.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        if (customers.credit != 70) {
            throw new AssertionError("The credit is " + customers.credit + ".");
        }
    }
}
