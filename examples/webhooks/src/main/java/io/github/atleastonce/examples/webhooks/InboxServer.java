package io.github.atleastonce.examples.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Receives webhooks by the server of the JDK. */
final class InboxServer implements AutoCloseable {

    private final HttpServer server;
    private final Verifier verifier;
    private final String idHeader;
    private final Inbox inbox;

    /** Starts a server on a free port, which finds the id of an event in a header. */
    InboxServer(Verifier verifier, String idHeader, Inbox inbox) throws IOException {
        this.verifier = verifier;
        this.idHeader = idHeader;
        this.inbox = inbox;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/webhooks", this::receive);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/webhooks");
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer(exchange, body), -1);
        exchange.close();
    }

    private int answer(HttpExchange exchange, String body) {
        String id = exchange.getRequestHeaders().getFirst(idHeader);
        if (id == null || !verifier.believes(exchange.getRequestHeaders(), body)) {
            return 401;
        }
        try {
            inbox.take(id, body);
            return 204;
        } catch (SQLException failure) {
            return 503;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
