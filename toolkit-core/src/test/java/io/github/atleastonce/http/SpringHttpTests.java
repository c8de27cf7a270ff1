package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import com.sun.net.httpserver.HttpServer;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Kit;
import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** An application that Spring has started, which knows nothing of the toolkit: it receives webhooks, and calls a third party. */
class SpringHttpTests {

    private static final String SECRET = "whsec_c2VjcmV0";

    @TempDir
    Path kept;

    /** Credits what a webhook tells of. */
    @RestController
    static class Wallet {

        private final JdbcTemplate jdbc;
        private final TransactionTemplate transaction;

        Wallet(JdbcTemplate jdbc, TransactionTemplate transaction) {
            this.jdbc = jdbc;
            this.transaction = transaction;
        }

        /** Right: what was credited is remembered in the same transaction. */
        @PostMapping("/right")
        void creditOnce(@RequestHeader("webhook-id") String id) {
            transaction.executeWithoutResult(status -> {
                if (jdbc.queryForObject("SELECT COUNT(*) FROM seen WHERE id = ?", Integer.class, id) == 0) {
                    jdbc.update("INSERT INTO seen VALUES (?)", id);
                    jdbc.update("UPDATE wallet SET credit = credit + 30");
                }
            });
        }

        /** Wrong: it comes again. */
        @PostMapping("/wrong")
        void creditAgain(@RequestHeader("webhook-id") String id) {
            jdbc.update("UPDATE wallet SET credit = credit + 30");
        }

        void charge(String url, String order, String key) {
            RestClient.create()
                    .post()
                    .uri(url + "/charges")
                    .header("Idempotency-Key", key)
                    .body(Payments.charge(order))
                    .retrieve()
                    .toBodilessEntity();
            jdbc.update("INSERT INTO seen VALUES (?)", order);
        }

        int credit() {
            return jdbc.queryForObject("SELECT credit FROM wallet", Integer.class);
        }

        void clear() {
            jdbc.execute("DELETE FROM seen");
            jdbc.execute("UPDATE wallet SET credit = 0");
        }
    }

    @Configuration
    static class Application {

        @Bean
        DataSource db() {
            JdbcDataSource db = new JdbcDataSource();
            db.setUrl("jdbc:h2:mem:wallets;DB_CLOSE_DELAY=-1");
            return db;
        }

        @Bean
        Wallet wallet(DataSource db) {
            JdbcTemplate jdbc = new JdbcTemplate(db);
            jdbc.execute("CREATE TABLE IF NOT EXISTS seen (id VARCHAR(40))");
            jdbc.execute("CREATE TABLE IF NOT EXISTS wallet (credit INT)");
            jdbc.execute("DELETE FROM wallet");
            jdbc.execute("INSERT INTO wallet VALUES (0)");
            return new Wallet(jdbc, new TransactionTemplate(new JdbcTransactionManager(db)));
        }

        /** Listens on threads of its own. */
        @Bean(destroyMethod = "")
        HttpServer server(Wallet wallet) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                if (exchange.getRequestURI().getPath().equals("/right")) {
                    wallet.creditOnce(id);
                } else {
                    wallet.creditAgain(id);
                }
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return server;
        }
    }

    @SpringJUnitConfig(Application.class)
    abstract static class WalletTestCase {

        @Autowired
        Wallet wallet;

        @Autowired
        HttpServer server;

        @BeforeEach
        void clear() {
            wallet.clear();
        }

        /** The path says whether the endpoint is right. */
        abstract String path();

        @FaultTest(
                faults = {REDELIVERY, DUPLICATE, CRASH},
                maxFaults = 1)
        void byMockMvc(Scenario scenario) {
            MockMvc mockMvc = MockMvcBuilders.standaloneSetup(wallet).build();
            Webhook hooks = Webhook.of(scenario, "hooks").signedBy(Sender.standard(SECRET));
            hooks.deliverTo(delivery -> {
                var request = post(path()).content((String) delivery.payload());
                delivery.headers().asMap().forEach(request::header);
                return mockMvc.perform(request).andReturn().getResponse().getStatus();
            });
            hooks.send("evt_1", "{}");
            scenario.settle();
            assertThat(wallet.credit()).isEqualTo(30);
        }

        @FaultTest(
                faults = {REDELIVERY, DUPLICATE, CRASH},
                maxFaults = 1)
        void byServer(Scenario scenario) {
            Webhook hooks = Webhook.of(scenario, "hooks").signedBy(Sender.standard(SECRET));
            hooks.deliverTo(URI.create("http://localhost:" + server.getAddress().getPort() + path()));
            hooks.send("evt_1", "{}");
            scenario.settle();
            assertThat(wallet.credit()).isEqualTo(30);
        }
    }

    static class RightTestCase extends WalletTestCase {

        @Override
        String path() {
            return "/right";
        }
    }

    static class WrongTestCase extends WalletTestCase {

        @Override
        String path() {
            return "/wrong";
        }
    }

    abstract static class ChargeTestCase {

        @Autowired
        Wallet wallet;

        private final String key;

        ChargeTestCase(String key) {
            this.key = key;
        }

        @BeforeEach
        void clear() {
            wallet.clear();
        }

        void chargesOnce(Scenario scenario, ThirdParty stripe, String url) {
            boolean done =
                    scenario.attempt(() -> wallet.charge(url, "o-1", key())).completed();
            if (!done) {
                scenario.attempt(() -> wallet.charge(url, "o-1", key()));
            }
            assertThat(stripe).happenedAtMostOncePer("$.orderId");
        }

        private String key() {
            return key.isEmpty() ? UUID.randomUUID().toString() : key;
        }
    }

    @WireMockTest
    @SpringJUnitConfig(Application.class)
    abstract static class StartedForTheClassTestCase extends ChargeTestCase {

        StartedForTheClassTestCase(String key) {
            super(key);
        }

        @FaultTest(
                faults = {RESPONSE_LOST, RESPONSE_ERROR, CRASH},
                maxFaults = 1)
        void chargesOnce(Scenario scenario, WireMockRuntimeInfo wireMock) {
            stubFor(WireMock.post("/charges").willReturn(okJson("{}")));
            chargesOnce(scenario, ThirdParty.of(scenario, "stripe", wireMock), wireMock.getHttpBaseUrl());
        }
    }

    /** The application's test configuration has it. */
    @Configuration
    static class StripeBean {

        @Bean(initMethod = "start", destroyMethod = "stop")
        WireMockServer stripe() {
            return new WireMockServer(WireMockConfiguration.options().dynamicPort());
        }
    }

    @SpringJUnitConfig({Application.class, StripeBean.class})
    abstract static class BeanTestCase extends ChargeTestCase {

        @Autowired
        WireMockServer stripe;

        BeanTestCase(String key) {
            super(key);
        }

        @FaultTest(
                faults = {RESPONSE_LOST, RESPONSE_ERROR, CRASH},
                maxFaults = 1)
        void chargesOnce(Scenario scenario) {
            stripe.stubFor(WireMock.post("/charges").willReturn(okJson("{}")));
            chargesOnce(scenario, ThirdParty.of(scenario, "stripe", stripe), stripe.baseUrl());
        }
    }

    static class KeyOfOrderTestCase extends StartedForTheClassTestCase {

        KeyOfOrderTestCase() {
            super("o-1");
        }
    }

    static class KeyOfAttemptTestCase extends StartedForTheClassTestCase {

        KeyOfAttemptTestCase() {
            super("");
        }
    }

    static class BeanAndKeyOfOrderTestCase extends BeanTestCase {

        BeanAndKeyOfOrderTestCase() {
            super("o-1");
        }
    }

    static class BeanAndKeyOfAttemptTestCase extends BeanTestCase {

        BeanAndKeyOfAttemptTestCase() {
            super("");
        }
    }

    @Test
    void passesWhatIsRight() {
        assertThat(List.of(RightTestCase.class, KeyOfOrderTestCase.class, BeanAndKeyOfOrderTestCase.class))
                .allSatisfy(right ->
                        assertThat(Kit.select(right, kept).run().statuses()).containsOnly(Status.SUCCESSFUL));
    }

    @Test
    void findsWhatIsWrong() {
        assertThat(Kit.select(WrongTestCase.class, kept).run().statuses())
                .filteredOn(Status.FAILED::equals)
                .hasSize(2);
        assertThat(List.of(KeyOfAttemptTestCase.class, BeanAndKeyOfAttemptTestCase.class))
                .allSatisfy(
                        wrong -> assertThat(Kit.select(wrong, kept).run().last().message())
                                .contains("stripe did the same twice for o-1:"));
    }
}
