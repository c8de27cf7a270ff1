package io.github.atleastonce.kafka;

import io.github.atleastonce.kafka.proxy.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What clients want, in the order in which they have come. Guarded by whoever has it. */
final class WireRequests {

    /** How long whoever decides may be in a handler of the scenario before it is taken to wait for the request itself. */
    private static final long PATIENCE_NANOS = 250_000_000;

    private final Deque<WireRequest> waiting = new ArrayDeque<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Waits until a request is decided about; does not where the one that decides seems to wait for it itself. */
    Verdict await(WireRequest request, Runnable pause, BooleanSupplier handling) {
        waiting.add(request);
        long since = System.nanoTime();
        Verdict verdict = request.verdict();
        while (verdict == null) {
            pause.run();
            since = handling.getAsBoolean() ? since : System.nanoTime();
            if (System.nanoTime() - since > PATIENCE_NANOS && waiting.remove(request)) {
                return request.unasked();
            }
            verdict = request.verdict();
        }
        return verdict;
    }

    /** Decides about all of them, and does something after each one; says whether there were any. */
    boolean decide(Function<WireRequest, Verdict> judge, Runnable afterwards) {
        boolean any = !waiting.isEmpty();
        for (WireRequest next = waiting.poll(); next != null; next = waiting.poll()) {
            Verdict verdict = Verdict.PASS;
            try {
                verdict = judge.apply(next);
            } finally {
                next.decide(verdict);
                afterwards.run();
            }
        }
        return any;
    }

    /** Lets all of them go on where the schedule has no say. */
    void letGo() {
        waiting.forEach(request -> request.decide(request.unasked()));
        waiting.clear();
    }
}
