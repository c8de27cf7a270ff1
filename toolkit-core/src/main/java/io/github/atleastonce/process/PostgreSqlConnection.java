package io.github.atleastonce.process;

import io.github.atleastonce.jdbc.WireSession;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and the one to the server behind it, with a thread for each direction. The client learns that something was done only
 * after the run has: it may die in between.
 */
final class PostgreSqlConnection {

    static final int CONNECT_MILLIS = 5_000;

    private static final int BUFFER = 16 << 10;

    private final Socket client;
    private final InetSocketAddress address;
    private final OuterLife life;
    private final WireSession session;
    private final Polls polls;
    private final Consumer<PostgreSqlConnection> ended;
    private final PostgreSqlConversation conversation = new PostgreSqlConversation();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Object ask = new Object();
    private volatile @Nullable Socket server;
    private volatile byte @Nullable [] key;
    private volatile boolean closing;
    private boolean asking;
    private boolean told;

    PostgreSqlConnection(
            Socket client,
            InetSocketAddress address,
            OuterLife life,
            List<Poll> polls,
            Consumer<PostgreSqlConnection> ended) {
        this.client = client;
        this.address = address;
        this.life = life;
        this.session = new WireSession(life.run(), life.lifetime());
        this.polls = new Polls(polls, conversation, () -> closing);
        this.ended = ended;
    }

    static void start(String what, Runnable work) {
        Thread thread = new Thread(work, "AtLeastOnce PostgreSQL entrance, " + what);
        thread.setDaemon(true);
        thread.start();
    }

    void start() {
        start("requests", this::requests);
    }

    private void requests() {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = input(client);
            PostgreSqlMessage first = startOf(in);
            if (first == null || closing) {
                over.countDown();
                return;
            }
            Socket upstream = connect();
            server = upstream;
            if (closing) {
                quietly(upstream);
                over.countDown();
                return;
            }
            OutputStream out = new BufferedOutputStream(upstream.getOutputStream(), BUFFER);
            out.write(first.bytes());
            out.flush();
            start("answers", () -> answers(upstream));
            for (PostgreSqlMessage next = PostgreSqlMessage.read(in); next != null; next = PostgreSqlMessage.read(in)) {
                polls.before(next);
                conversation.asks(next);
                out.write(next.bytes());
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException gone) {
            if (server == null) {
                over.countDown();
            }
        } finally {
            tellServer();
        }
    }

    /** Encryption is declined, and whoever wants it nevertheless goes away. */
    private @Nullable PostgreSqlMessage startOf(DataInputStream in) throws IOException {
        PostgreSqlMessage first = PostgreSqlMessage.readStart(in);
        while (first != null && (first.code() == PostgreSqlMessage.SSL || first.code() == PostgreSqlMessage.GSS)) {
            client.getOutputStream().write('N');
            first = PostgreSqlMessage.readStart(in);
        }
        return first;
    }

    private void answers(Socket upstream) {
        try (upstream) {
            DataInputStream in = input(upstream);
            OutputStream out = client.getOutputStream();
            ByteArrayOutputStream held = new ByteArrayOutputStream();
            boolean holding = false;
            for (PostgreSqlMessage next = PostgreSqlMessage.read(in); next != null; next = PostgreSqlMessage.read(in)) {
                if (closing) {
                    continue; // The server tells of the end of its own accord.
                }
                if (next.type() == 'K') {
                    key = next.body();
                }
                held.write(next.bytes());
                boolean groupEnds = conversation.answers(next);
                polls.answers(next);
                holding |= next.type() == 'C' && !conversation.isFlushed();
                if (groupEnds && !tell(next.letter())) {
                    hangUp();
                    continue;
                }
                if (groupEnds) {
                    polls.answered();
                    conversation.told();
                }
                if (groupEnds || !holding && in.available() == 0 || !holding && held.size() > BUFFER) {
                    held.writeTo(out);
                    held.reset();
                    holding = false;
                }
            }
        } catch (IOException gone) {
            // Both sides end, as they do for whoever talks to a server.
        } finally {
            over.countDown();
            quietly(client);
            ended.accept(this);
        }
    }

    /** Tells the run of what a group of requests has done, and says whether the life goes on. */
    private boolean tell(char status) {
        for (PostgreSqlConversation.Done done : conversation.takeDone(status)) {
            if (WireSession.isStep(done.sql())) {
                synchronized (ask) {
                    if (closing) {
                        return false;
                    }
                    asking = true;
                }
                boolean alive = life.stepped(
                        done.rows().orElse(0) > 0, () -> session.done(done.sql(), done.rows(), done.within()));
                synchronized (ask) {
                    asking = false;
                }
                if (!alive) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Ends the connection on both sides. What the server is at is cancelled: if it waited for a lock it would notice nothing. */
    void hangUp() {
        synchronized (ask) {
            if (closing) {
                return;
            }
            closing = true;
        }
        quietly(client);
        if (conversation.isOpen()) {
            cancel();
        }
        tellServer();
    }

    /** Lets the server know that its client is gone, once; it closes its side when it is done. */
    private void tellServer() {
        Socket upstream = server;
        synchronized (ask) {
            if (upstream == null || told) {
                return;
            }
            told = true;
        }
        try {
            upstream.shutdownOutput();
        } catch (IOException gone) {
            quietly(upstream);
        }
    }

    /** Waits until the server has closed its side, which it does when it has rolled back. What it still holds would be blamed on the next life. */
    void awaitEnd() {
        Socket upstream = server;
        if (upstream != null && !ends(upstream, life.run().bounds().settleTimeout())) {
            life.run()
                    .history()
                    .caveats()
                    .refuse(new UsageException("'" + life.lifetime().service()
                            + "' has died, and PostgreSQL has not closed its connection within "
                            + Bound.SETTLE_TIMEOUT.in(life.run().bounds())
                            + ": what it holds may stand in the way of the next life."));
            quietly(upstream);
        }
    }

    /** The thread that reads otherwise may wait for the one that is here. */
    private boolean ends(Socket upstream, Duration patience) {
        boolean reads;
        synchronized (ask) {
            reads = !asking;
        }
        try {
            if (reads) {
                return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            upstream.setSoTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(1, patience.toMillis())));
            drain(upstream.getInputStream());
            return true;
        } catch (SocketTimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] unread = new byte[BUFFER];
        int count = in.read(unread);
        while (count >= 0) {
            count = in.read(unread);
        }
    }

    private void cancel() {
        byte[] backend = key;
        if (backend == null) {
            return;
        }
        try (Socket aside = connect()) {
            aside.getOutputStream().write(PostgreSqlMessage.cancel(backend).bytes());
            aside.getOutputStream().flush();
            drain(aside.getInputStream());
        } catch (IOException gone) {
            // A server that is away is at nothing.
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, CONNECT_MILLIS);
            return socket;
        } catch (IOException away) {
            socket.close();
            throw away;
        }
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            return;
        }
    }
}
