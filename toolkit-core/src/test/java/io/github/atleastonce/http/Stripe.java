package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A WireMock for the tests of a class, which charges cards. */
final class Stripe implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback {

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    WireMockServer server() {
        return server;
    }

    String url() {
        return server.baseUrl();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server.resetAll();
        server.stubFor(post("/charges").willReturn(okJson("{\"id\":\"ch_1\"}")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop();
    }
}
