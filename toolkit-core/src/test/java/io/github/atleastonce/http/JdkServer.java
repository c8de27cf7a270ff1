package io.github.atleastonce.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A server of the JDK with threads of its own, for one life of a receiver of webhooks. */
final class JdkServer {

    private JdkServer() {}

    /** What a receiver does with the body of a delivery, given its headers. */
    @FunctionalInterface
    interface Endpoint {

        /** Returns the status of the answer. */
        int receive(HttpExchange exchange, String body) throws IOException;
    }

    /** Starts one that ends with its life, and returns its address. */
    static URI start(Consumer<Runnable> onDeath, Endpoint endpoint) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/webhooks", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(endpoint.receive(exchange, body), -1);
                exchange.close();
            });
            ExecutorService threads = Executors.newCachedThreadPool();
            server.setExecutor(threads);
            server.start();
            onDeath.accept(() -> {
                server.stop(0);
                threads.shutdown();
            });
            return URI.create("http://localhost:" + server.getAddress().getPort() + "/webhooks");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
