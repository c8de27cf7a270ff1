package io.github.atleastonce.process;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * An address on loopback by which one life reaches a PostgreSQL server. Its statements, commits and rollbacks are I/O steps with the names that they have
 * through {@code life.dataSource}: {@code insert orders}, {@code commit}. When the life ends its connections do, and it has ended only when the server
 * has rolled back what they had not committed.
 *
 * <p>Speaks the simple and the extended protocol, version 3, without TLS: a client that asks for TLS is told that there is none, as by a server
 * without certificate. What a client sends in one go, as drivers do with batches, has been done as a whole at the first of its steps. Safe for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class PostgreSqlEntrance {

    private static final Pattern NAME = Pattern.compile("[a-z]+ [^A-Z\\s*]+");
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BACKLOG = 64;

    private final Life of;
    private final OuterLife life;
    private final InetSocketAddress server;
    private final ServerSocket socket;
    private final List<Poll> polls = new CopyOnWriteArrayList<>();
    private final Set<PostgreSqlConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean used;

    private PostgreSqlEntrance(Life of, InetSocketAddress server, ServerSocket socket) {
        this.of = of;
        this.life = OuterLife.of(of);
        this.server = server;
        this.socket = socket;
    }

    /**
     * Opens an entrance.
     *
     * @param life who is to use it; it is closed when that life ends
     * @param host where the server is
     * @param port its port
     * @return the entrance
     * @throws UsageException if no port is free, or nobody listens there
     */
    public static PostgreSqlEntrance open(Life life, String host, int port) {
        InetSocketAddress server = new InetSocketAddress(host, port);
        try (Socket knock = new Socket()) {
            knock.connect(server, PostgreSqlConnection.CONNECT_MILLIS);
        } catch (IOException away) {
            throw new UsageException(
                    "PostgreSqlEntrance.open wants the address of a PostgreSQL server, but nobody listens at " + host
                            + ":" + port + ".",
                    away);
        }
        try {
            ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getByName(LOOPBACK));
            PostgreSqlEntrance entrance = new PostgreSqlEntrance(life, server, socket);
            entrance.life.entrance(() -> entrance.used, entrance::close);
            PostgreSqlConnection.start("accept", entrance::accept);
            return entrance;
        } catch (IOException unavailable) {
            throw new UsageException("PostgreSqlEntrance.open finds no free port on " + LOOPBACK + ".", unavailable);
        }
    }

    /**
     * Returns where it listens.
     *
     * @return always 127.0.0.1
     */
    public String host() {
        return LOOPBACK;
    }

    /**
     * Returns where it listens.
     *
     * @return the port
     */
    public int port() {
        return socket.getLocalPort();
    }

    /**
     * Makes a query by which the process looks for work again and again, such as that of the relay of an outbox, a poller of its life: it waits at this entrance
     * until all else is quiet, and what the process then does is a tick, until it finds nothing that it has not found before. At its steps the process may
     * die. Wants a connection of its own, or one from a pool: what comes on the same connection behind it waits, too. To be called before the process starts.
     *
     * @param query the name of the step: the kind of the statement and its table, such as {@code "select outbox"}
     * @return this entrance
     * @throws UsageException if it is no such name
     */
    public PostgreSqlEntrance polls(String query) {
        if (!NAME.matcher(query).matches()) {
            throw new UsageException(
                    "PostgreSqlEntrance.polls(\"" + query
                            + "\") wants the name of a step, in lower case: the kind of a statement and its table, such as \"select outbox\".");
        }
        Poll poll = new Poll(life, query);
        polls.add(poll);
        life.add(poll);
        of.poll(query, poll::tick);
        return this;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                used = true;
                PostgreSqlConnection connection =
                        new PostgreSqlConnection(client, server, life, polls, connections::remove);
                connections.add(connection);
                connection.start();
            } catch (IOException closing) {
                continue; // A client that is gone before it was let in is not missed.
            }
        }
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // It listens no more, which is what was wanted.
        }
        List<PostgreSqlConnection> all = List.copyOf(connections);
        all.forEach(PostgreSqlConnection::hangUp);
        all.forEach(PostgreSqlConnection::awaitEnd);
    }

    @Override
    public String toString() {
        return "entrance of " + life + " to PostgreSQL at " + LOOPBACK + ":" + port();
    }
}
