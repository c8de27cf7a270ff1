package io.github.atleastonce.explore;

/** What an exploration may take of the memory of its JVM, which is never so much that others go without. */
final class Memory {

    private static final double FULL = 0.85;
    private static final long PAUSE_NANOS = 100_000_000;

    private final Runtime jvm = Runtime.getRuntime();
    private long looked = System.nanoTime() - PAUSE_NANOS;

    /** Says whether most of the memory is in use, and stays so when garbage was collected. */
    boolean isShort() {
        if (isNearlyFull() && System.nanoTime() - looked >= PAUSE_NANOS) {
            System.gc();
            looked = System.nanoTime();
            return isNearlyFull();
        }
        return false;
    }

    /** Returns how much there is. */
    String size() {
        return (jvm.maxMemory() >> 20) + " MB";
    }

    private boolean isNearlyFull() {
        return jvm.totalMemory() - jvm.freeMemory() > jvm.maxMemory() * FULL;
    }
}
