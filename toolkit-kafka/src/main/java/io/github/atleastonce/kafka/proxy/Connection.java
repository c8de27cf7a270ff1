package io.github.atleastonce.kafka.proxy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's connection and the one to the broker behind it, with a thread for each direction. When one of the two ends, both do. */
final class Connection {

    private static final int BUFFER = 64 << 10;

    private final Socket client;
    private final Line line;
    private final Inspections inspections;
    private final Threads threads;
    private final Consumer<Connection> ended;
    private final Map<Integer, Exchange> open = new ConcurrentHashMap<>();
    private volatile @Nullable Socket broker;
    private volatile boolean closed;

    Connection(Socket client, Line line, Inspections inspections, Threads threads, Consumer<Connection> ended) {
        this.client = client;
        this.line = line;
        this.inspections = inspections;
        this.threads = threads;
        this.ended = ended;
    }

    void start() {
        threads.start("requests", this::requests);
    }

    private void requests() {
        try (client;
                Socket upstream = Errand.connect(line.broker())) {
            broker = upstream;
            if (closed) {
                return;
            }
            client.setTcpNoDelay(true);
            threads.start("answers", () -> answers(upstream));
            DataInputStream in = input(client);
            OutputStream out = upstream.getOutputStream();
            for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                Exchange exchange = inspections.asked(frame, line);
                if (Appends.isAnswered(exchange) && open.put(exchange.correlation(), exchange) != null) {
                    throw new MalformedMessageException("Two requests have the same number.");
                }
                out.write(exchange.outgoing().bytes());
            }
        } catch (IOException | UncheckedIOException | MalformedMessageException | CutException over) {
            return; // The connection ends, as it does for whoever talks to a broker.
        } finally {
            close();
        }
    }

    private void answers(Socket upstream) {
        try {
            DataInputStream in = input(upstream);
            OutputStream out = client.getOutputStream();
            for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                Exchange exchange = open.remove(frame.body().getInt(0));
                if (exchange == null) {
                    throw new MalformedMessageException("An answer to no request.");
                }
                exchange.amongOthers(() -> !open.isEmpty());
                inspections.answered(exchange, frame, line);
                out.write(exchange.incoming(frame).bytes());
            }
        } catch (IOException | UncheckedIOException | MalformedMessageException | CutException over) {
            return; // as above
        } finally {
            close();
        }
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    /** Says whether the broker has been asked to append something, and has not answered. */
    boolean awaitsAppend() {
        return open.values().stream().anyMatch(exchange -> exchange.is(Api.PRODUCE));
    }

    /** Says whether the broker has been asked for something that has an effect, and has not answered. */
    boolean awaitsEffect() {
        return open.values().stream().anyMatch(Connection::hasEffect);
    }

    private static boolean hasEffect(Exchange exchange) {
        return exchange.is(Api.PRODUCE) || exchange.is(Api.OFFSET_COMMIT) || exchange.is(Api.TXN_OFFSET_COMMIT);
    }

    /** Ends both sides, whatever is under way. */
    void close() {
        closed = true;
        quietly(client);
        Socket upstream = broker;
        if (upstream != null) {
            quietly(upstream);
        }
        ended.accept(this);
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            return;
        }
    }
}
