package io.github.atleastonce.jdbc;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import io.github.atleastonce.task.BlockingCall;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a service writes beneath its instrumentation, once it has unwrapped what is there: between two steps, and when the work at
 * hand ends, as long as no fault has happened. To ask what is beneath for something is nobody's concern. One for each run.
 */
final class Beneath implements Captured {

    private final Run run;
    private final List<Watched> watched = new ArrayList<>(0);
    private int underWay;

    private static final class Watched {

        private final Lifetime life;
        private final String how;
        private final Server server;
        private final DataSource bare;
        private String last;

        Watched(Lifetime life, String how, Server server, DataSource bare) {
            this.life = life;
            this.how = how;
            this.server = server;
            this.bare = bare;
            this.last = server.trail(bare);
        }

        Optional<String> written() {
            String before = last;
            remember();
            return server.written(before, last);
        }

        void remember() {
            last = server.trail(bare);
        }
    }

    private Beneath(Run run) {
        this.run = run;
    }

    @Override
    public void capture(Snapshot into) {
        if (underWay > 0) {
            into.unsettled();
        }
    }

    static Beneath of(Run run) {
        return run.belonging(Beneath.class, Beneath::new);
    }

    /** Answers {@code unwrap} and {@code isWrapperFor} for a proxy: what it is itself it is without any wrapper. */
    @Nullable
    Object unwrap(Object proxy, Object raw, Method method, Class<?> wanted, PhysicalConnection connection)
            throws Throwable {
        boolean asks = method.getName().equals("isWrapperFor");
        if (wanted.isInstance(proxy)) {
            return asks ? Boolean.TRUE : proxy;
        }
        Object beneath = Delegation.call(raw, method, wanted);
        if (!asks) {
            watch(connection.life(), wanted, connection.server(), connection.bare());
        }
        return beneath;
    }

    private void watch(Lifetime life, Class<?> wanted, Server server, DataSource bare) {
        if (!isUndisturbed() || !run.current().isAService()) {
            return;
        }
        if (watched.isEmpty()) {
            run.works().afterwards(this::end);
        }
        watched.add(new Watched(life, "unwrap(" + wanted.getSimpleName() + ".class)", server, bare));
    }

    /** Does I/O that is a step. While one waits, for a lock perhaps, nobody can tell whose writes are whose. */
    @Nullable
    Object seen(BlockingCall io) throws Throwable {
        underWay++;
        try {
            return io.call();
        } finally {
            underWay--;
            remember();
        }
    }

    /** Comes here before each step. */
    void look() {
        if (watched.isEmpty() || underWay > 0 || !isUndisturbed()) {
            return;
        }
        for (Watched each : watched) {
            each.written()
                    .ifPresent(what -> run.history()
                            .caveats()
                            .refuse(new UsageException("'" + each.life.service() + "' wrote (" + what
                                    + ") through what it had got by " + each.how
                                    + ", which is not instrumented: no fault comes there, and no step is seen. Use the connections of "
                                    + "life.dataSource(…) as they are.")));
        }
    }

    /** Comes here after what ends a connection, too. */
    void remember() {
        if (!watched.isEmpty() && run.current().isHere()) {
            watched.forEach(Watched::remember);
        }
    }

    /** What a fault undoes, or lets happen at once, would be taken for a write of the service's; without one it does the same as in any run. */
    private boolean isUndisturbed() {
        return run.current().isHere()
                && run.history().of(Event.Injected.class).findAny().isEmpty();
    }

    private void end() {
        look();
        watched.clear();
    }
}
