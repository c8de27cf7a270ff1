package io.github.atleastonce.http;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook.Signature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.atleastonce.run.Life;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Receives webhooks at a server of its own. */
final class Billing {

    private static final long TOLERANCE_SECONDS = 300;

    private final Life life;
    private final Credits credits;
    private final String secret;
    private final HttpServer server;

    private Billing(Life life, Credits credits, String secret) throws IOException {
        this.life = life;
        this.credits = credits;
        this.secret = secret;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    static Billing start(Life life, Credits credits, String secret) {
        try {
            Billing billing = new Billing(life, credits, secret);
            billing.server.createContext("/webhooks", billing::receive);
            billing.server.start();
            life.onDeath(() -> billing.server.stop(0));
            return billing;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/webhooks");
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer(exchange.getRequestHeaders().getFirst("Stripe-Signature"), body), -1);
        exchange.close();
    }

    private int answer(String signature, String body) {
        try {
            Signature.verifyHeader(body, signature, secret, TOLERANCE_SECONDS);
        } catch (SignatureVerificationException refused) {
            return 400;
        }
        String id = body.substring(7, 12);
        life.step("commit", () -> credits.change(id, "u-1", body.contains("paid") ? 30 : -30));
        return 200;
    }
}
