package io.github.atleastonce.examples.temporal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.atleastonce.examples.temporal.OrderEvent.OrderPacked;
import io.github.atleastonce.examples.temporal.OrderEvent.OrderRejected;
import io.github.atleastonce.http.ThirdParty;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.saga.Sagas;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The body of the tests: two orders, of which the second is out of stock. Each schedule has a server of Temporal, and so workflows, of its own. */
final class OrderProcess implements BeforeAllCallback, AfterAllCallback {

    private final JdbcConnectionPool db = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=100", "sa", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(db);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final WireMockServer bank =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final TestWorkflowEnvironment replays = TestWorkflowEnvironment.newInstance();
    private @Nullable TemporalServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
        new ResourceDatabasePopulator(new ClassPathResource("orders.sql")).execute(db);
        bank.start();
        bank.stubFor(post("/charges").willReturn(aResponse().withStatus(201)));
        bank.stubFor(
                delete(urlPathMatching("/charges/.*")).willReturn(aResponse().withStatus(204)));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeServer();
        replays.close();
        bank.stop();
        db.dispose();
    }

    private void closeServer() {
        if (server != null) {
            server.close();
        }
    }

    private TemporalServer freshServer(Run run, Care care) {
        closeServer();
        TemporalServer fresh = new TemporalServer(run, care);
        server = fresh;
        return fresh;
    }

    void body(Scenario scenario, Care care) throws Exception {
        scenario.reset(() -> {
            jdbc.update("DELETE FROM parcel");
            jdbc.update("DELETE FROM reservation");
            jdbc.update("DELETE FROM customer");
            jdbc.update("INSERT INTO customer (id, credit) VALUES ('c-1', 100), ('c-2', 100)");
        });
        TemporalServer temporal = freshServer(ScenarioRun.of(scenario), care);
        ThirdParty payments = ThirdParty.of(scenario, "bank", bank);
        scenario.service("orders", life -> {
            OrderWork work = new OrderWork(life.dataSource(db), new Payments(http, bank.baseUrl()), care);
            Orders orders =
                    new Orders(temporal.connect(life, work), event -> life.send("events", event.order(), event), care);
            life.subscribe("requests", PlaceOrder.class, orders::on);
            return orders;
        });

        scenario.channel("requests").send("o-1", new PlaceOrder("o-1", "c-1", "horse", 30));
        scenario.channel("requests").send("o-2", new PlaceOrder("o-2", "c-2", "unicorn", 30));

        Saga order = Saga.correlatedByKey()
                .startedBy(PlaceOrder.class)
                .step("credit")
                .doneBy("reservation", () -> customersWithout30())
                .step("charge")
                .doneBy("charge of the card", () -> charged(payments))
                .ends(OrderPacked.class)
                .orEnds(OrderRejected.class);
        assertThat(Sagas.of(scenario, order)).endsExactlyOnce().isAllOrNothing().coversEveryEnding();
        assertThat(payments).happenedAtMostOncePer(OrderProcess::orderToCharge);
        assertThat(jdbc.queryForList("SELECT credit FROM customer ORDER BY id", Integer.class))
                .containsExactly(70, 100);
        assertThat(jdbc.queryForList("SELECT order_id FROM parcel", String.class))
                .containsExactly("o-1");
        for (String workflow : List.of("o-1", "o-2")) {
            WorkflowReplayer.replayWorkflowExecution(temporal.history(workflow), freshWorker(care));
        }
    }

    /** Returns a worker that remembers nothing. */
    private Worker freshWorker(Care care) {
        Worker worker = replays.newWorker(UUID.randomUUID().toString());
        Orders.register(worker, new OrderWork(db, new Payments(http, bank.baseUrl()), care), care);
        return worker;
    }

    private Set<String> customersWithout30() {
        return new TreeSet<>(
                jdbc.queryForList("SELECT 'o' || SUBSTRING(id, 2) FROM customer WHERE credit < 100", String.class));
    }

    /** The orders for which something is charged and not given back. */
    private static Set<String> charged(ThirdParty party) {
        Set<String> charged = new TreeSet<>();
        for (LoggedRequest request : party.effects()) {
            String order = orderToCharge(request);
            if (order != null) {
                charged.add(order);
            } else {
                charged.remove(request.getUrl().substring("/charges/".length()));
            }
        }
        return charged;
    }

    private static @Nullable String orderToCharge(LoggedRequest request) {
        String body = request.getBodyAsString();
        return body.isEmpty() ? null : body.substring(body.indexOf("o-"), body.indexOf("o-") + 3);
    }
}
