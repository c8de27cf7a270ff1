package io.github.atleastonce.http;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import io.github.atleastonce.run.UsageException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The WireMock that plays a third party: that of the test, or one that was started for a run. What knows WireMock by more than its name is
 * here, so that {@link ThirdParty} can be asked where there is none.
 *
 * @param wireMock leads it
 * @param own the server that was started, or null
 */
record Server(WireMock wireMock, @Nullable WireMockServer own) {

    /** Requests are told apart by their ids, which older versions do not give them. */
    Server {
        if (Stream.of(Request.class.getMethods())
                .noneMatch(method -> method.getName().equals("getId"))) {
            throw new UsageException("ThirdParty.of wants WireMock 3.7 or later on the class path.");
        }
    }

    static Server adopted(WireMockRuntimeInfo running) {
        return new Server(running.getWireMock(), null);
    }

    static Server adopted(WireMockServer running, String party) {
        if (!running.isRunning()) {
            throw new UsageException(
                    "ThirdParty.of wants a WireMockServer that runs, but that of '" + party + "' was not started.");
        }
        return new Server(new WireMock(running), null);
    }

    static Server started() {
        // Without TLS, HTTP/2 has one connection for all calls, which ends with the first answer that is lost.
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("localhost")
                .http2PlainDisabled(true));
        server.start();
        return new Server(new WireMock(server), server);
    }

    void stub(MappingBuilder stub) {
        wireMock.register(stub);
    }

    String url(String party) {
        if (own == null) {
            throw new UsageException(
                    "'" + party
                            + "' has a WireMock of the test's own: take its address from there. ThirdParty.of(scenario, name) starts one.");
        }
        return own.baseUrl();
    }

    /** Ends it, if it was started for a run. */
    void close() {
        if (own != null) {
            own.stop();
        }
    }
}
