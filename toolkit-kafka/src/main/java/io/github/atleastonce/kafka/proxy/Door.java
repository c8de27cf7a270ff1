package io.github.atleastonce.kafka.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * An entrance of the proxy, with a port of its own for each broker of the cluster, so that those who use it can be told from others and cut off
 * together: one for each life of a service. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class Door implements AutoCloseable {

    private static final int BACKLOG = 128;
    private static final int MOST_BROKERS = 64;

    private final String name;
    private final Inspections inspections;
    private final Threads threads;
    private final Map<Upstream, ServerSocket> ports = new LinkedHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final String bootstrapServers;
    private volatile boolean refusing;
    private boolean closed;

    Door(String name, List<Upstream> brokers, Inspections inspections, Threads threads) {
        this.name = name;
        this.inspections = inspections;
        this.threads = threads;
        this.bootstrapServers = brokers.stream()
                .map(broker -> Upstream.LOOPBACK + ":" + port(broker))
                .collect(Collectors.joining(","));
    }

    /**
     * Names whose entrance this is.
     *
     * @return the name that it was opened with
     */
    public String name() {
        return name;
    }

    /**
     * Returns what clients are to be given as the address of the cluster.
     *
     * @return host:port, separated by commas if there are several
     */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Cuts all connections that are open; clients may come back. */
    public void cut() {
        List.copyOf(connections).forEach(Connection::close);
    }

    /** Cuts all connections, and closes new ones at once until {@link #restore()}. */
    public void refuse() {
        refusing = true;
        cut();
    }

    /** Lets clients in again. */
    public void restore() {
        refusing = false;
    }

    /** Cuts all connections, and lets nobody in any more. Closing again does nothing. */
    @Override
    public void close() {
        List<ServerSocket> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(ports.values());
            ports.clear();
        }
        all.forEach(Door::quietly);
        cut();
    }

    /** Returns the port by which a broker is reached here. */
    private synchronized int port(Upstream broker) {
        if (closed) {
            throw new CutException("This entrance is closed.");
        }
        if (ports.size() >= MOST_BROKERS && !ports.containsKey(broker)) {
            throw new CutException("A cluster of more than " + MOST_BROKERS + " brokers is none.");
        }
        return ports.computeIfAbsent(broker, this::listen).getLocalPort();
    }

    private ServerSocket listen(Upstream broker) {
        try {
            ServerSocket port = new ServerSocket(0, BACKLOG, InetAddress.getByName(Upstream.LOOPBACK));
            threads.start("accept", () -> accept(port, broker));
            return port;
        } catch (IOException unavailable) {
            throw new UncheckedIOException("The proxy finds no free port on " + Upstream.LOOPBACK + ".", unavailable);
        }
    }

    private void accept(ServerSocket port, Upstream broker) {
        while (!port.isClosed()) {
            try {
                take(port.accept(), broker);
            } catch (IOException closing) {
                continue; // A client that is gone before it was let in is not missed.
            }
        }
    }

    private void take(Socket client, Upstream broker) throws IOException {
        Line line = new Line(name, this::port, broker);
        Connection connection = new Connection(client, line, inspections, threads, connections::remove);
        connections.add(connection);
        if (refusing || isClosed()) {
            connection.close();
        } else {
            connection.start();
        }
    }

    /** Says whether the broker has not answered somebody who came in here and appends something. */
    boolean awaitsAppend() {
        return connections.stream().anyMatch(Connection::awaitsAppend);
    }

    /** Says whether the broker has not answered somebody who came in here and asked for something that has an effect. */
    boolean awaitsEffect() {
        return connections.stream().anyMatch(Connection::awaitsEffect);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Tells how many clients are connected.
     *
     * @return the number of connections
     */
    public int connected() {
        return connections.size();
    }

    private static void quietly(ServerSocket port) {
        try {
            port.close();
        } catch (IOException gone) {
            return;
        }
    }

    @Override
    public String toString() {
        return name + " at " + bootstrapServers;
    }
}
