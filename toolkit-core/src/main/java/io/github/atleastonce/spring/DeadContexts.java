package io.github.atleastonce.spring;

import io.github.atleastonce.run.Run;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** Closes the contexts of lives that have ended: on threads of their own, since one of a context's own threads may have died. */
final class DeadContexts {

    private final Run run;
    private final List<Thread> closing = new ArrayList<>(1);

    DeadContexts(Run run) {
        this.run = run;
    }

    /** Closes a context: before anything else happens if the run is over, else before the next one starts. */
    synchronized void close(ConfigurableApplicationContext context) {
        Thread thread = new Thread(context::close, "closes " + context.getId());
        thread.setDaemon(true);
        thread.start();
        closing.add(thread);
        if (run.isOver()) {
            awaitClosed();
        }
    }

    /** Waits until all are closed, as long as a context may take to stop. */
    synchronized void awaitClosed() {
        try {
            for (Thread thread : closing) {
                thread.join(run.bounds().stopTimeout().toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a context was closed.", interrupted);
        }
        closing.clear();
    }
}
