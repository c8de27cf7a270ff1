package io.github.atleastonce.jdbc;

import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a service writes beneath its instrumentation, once it has unwrapped what is there: between two steps, and when the work at
 * hand ends. To ask what is beneath for something is nobody's concern. One for each run.
 */
final class Beneath {

    private final Run run;
    private final List<Watched> watched = new ArrayList<>(0);

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

    /** Watches a data source from now on: a session of its own tells of the whole database, where it does at all. */
    void watch(Lifetime life, Class<?> wanted, DataSource bare) throws SQLException {
        try (var side = bare.getConnection()) {
            watch(life, wanted, Server.of(side), bare);
        }
    }

    private void watch(Lifetime life, Class<?> wanted, Server server, DataSource bare) {
        if (!run.current().isHere() || !run.current().isAService()) {
            return;
        }
        if (watched.isEmpty()) {
            run.works().afterwards(this::end);
        }
        watched.add(new Watched(life, "unwrap(" + wanted.getSimpleName() + ".class)", server, bare));
    }

    /** Comes here before each step. */
    void look() {
        if (watched.isEmpty() || !run.current().isHere()) {
            return;
        }
        for (Watched each : watched) {
            // What undoes the work of a dead life is no write of its.
            (each.life.isDead() ? Optional.<String>empty() : each.written())
                    .ifPresent(what -> run.history()
                            .caveats()
                            .refuse(new UsageException("'" + each.life.service() + "' wrote (" + what
                                    + ") through what it had got by " + each.how
                                    + ", which is not instrumented: no fault comes there, and no step is seen. Use the connections of "
                                    + "life.dataSource(…) as they are.")));
        }
    }

    /** Comes here after each step, and after what ends a connection. */
    void remember() {
        if (!watched.isEmpty() && run.current().isHere()) {
            watched.forEach(Watched::remember);
        }
    }

    private void end() {
        look();
        watched.clear();
    }
}
