package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Messages;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service in a process of its own, which a crash kills. */
@Tag("long")
class ProcessTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static int count;

    private final Queue<String> paid = new ConcurrentLinkedQueue<>();
    private final List<ServiceProcess> started = new ArrayList<>();
    private String orders;
    private String payments;
    private KafkaCluster kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        proxy.close();
        broker.close();
    }

    @BeforeEach
    void connect() {
        orders = "orders-" + count;
        payments = "payments-" + count++;
        String starts = "starts-of-" + payments;
        broker.createTopics(Map.of(orders, 1, payments, 1, starts, 1));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of(orders, payments, starts)).behind(proxy);
    }

    @AfterEach
    void disconnect() {
        kafka.close();
        assertThat(started).isNotEmpty().noneMatch(ServiceProcess::isAlive);
    }

    /** It dies when it has paid, and pays again. */
    @Test
    void aPaymentThatIsMadeTwiceIsFound() {
        assertThat(explore("at-least-once"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        found -> assertThat(found.token().toString())
                                .isEqualTo("1:crash(paying<" + orders + "[k1]/send " + payments + ")"));
    }

    @Test
    void aPaymentInOneTransactionWithItsOffsetPasses() {
        assertThat(explore("exactly-once"))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().runs()).isGreaterThanOrEqualTo(3));
    }

    /** Who waits for it to boot again lets it do what it does in its boot, as a migration or a report is. */
    @Test
    void aProcessThatSendsBeforeItReadsIsStartedAgain() {
        assertThat(explore("reporting", Fault.CRASH, "10", "10")).isInstanceOf(Outcome.Passed.class);
    }

    /** Its commit fails, nobody catches that, and whoever supervises it starts it again. */
    @Test
    void aProcessThatEndsByItselfIsStartedAgain() {
        assertThat(explore("at-least-once", Fault.REDELIVERY, "10", "10"))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().remarks())
                                .contains(
                                        "the process of 'paying' ended by itself with status 1, and was started again"));
    }

    /** It dies of a record that it gets again and again: that has an end. */
    @Test
    void aProcessThatIsStartedInVainEndsWithTheBound() {
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .on(kafka)
                .within(kafka.bounds()
                        .withSettleTimeout(Duration.ofSeconds(6))
                        .withRebalanceTimeout(Duration.ofSeconds(4)))
                .explore(scenario -> {
                    scenario.service("paying", life -> start(life, "at-least-once"));
                    scenario.channel(orders).send("o-1", "poison");
                    scenario.settle();
                });

        assertThat(outcome.toString())
                .contains("rebalanceTimeout = PT4S")
                .contains("group paying has changed its members");
    }

    /** It is asked over HTTP, pays, and dies before it has sent the receipt. */
    @Test
    void whatIsLeftHalfDoneForARequestIsFound() {
        assertThat(exploreAsking("apart"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        found -> assertThat(found.token().toString())
                                .isEqualTo("1:crash(paying#1/send " + payments + ")"));
    }

    @Test
    void whatIsDoneAtOnceForARequestPasses() {
        assertThat(exploreAsking("together"))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().places().get(Fault.CRASH))
                                .isGreaterThanOrEqualTo(3));
    }

    /** The topic of orders serves for receipts. */
    private Outcome exploreAsking(String how) {
        return ScenarioRunner.of(Fault.CRASH).on(kafka).within(bounds()).explore(scenario -> {
            Service<Asked> paying = scenario.service("paying", life -> startAsked(life, how));
            scenario.attempt(paying, present -> present.process().call(() -> ask(present.port())));
            scenario.settle();

            List<Object> all = payloads(scenario, payments);
            if (!all.isEmpty() && !all.toString().contains("with receipt")) {
                assertThat(payloads(scenario, orders)).isNotEmpty();
            }
        });
    }

    private record Asked(ServiceProcess process, int port) {}

    private Asked startAsked(Life life, String how) {
        int port = freePort();
        return new Asked(
                start(
                        life,
                        AskedProcess.class,
                        KafkaEntrance.open(life).bootstrapServers(),
                        Integer.toString(port),
                        payments,
                        orders,
                        how),
                port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static int ask(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static List<Object> payloads(Scenario scenario, String topic) {
        List<Object> all = new ArrayList<>();
        assertThat(Messages.of(scenario, topic)).payloads().satisfies(all::addAll);
        return all;
    }

    private Outcome explore(String how) {
        return explore(how, Fault.CRASH, "10");
    }

    private Outcome explore(String how, Fault fault, String... allowed) {
        try (Listener ledger = new Listener(
                        proxy.bootstrapServers(),
                        "ledger-" + orders,
                        payments,
                        Map.of("isolation.level", "read_committed"),
                        next -> paid.add(Listener.text(next.value())))
                .committingRecords()) {
            ledger.start();
            return ScenarioRunner.of(fault)
                    .on(kafka)
                    .within(bounds())
                    .explore(scenario -> body(scenario, how, allowed));
        }
    }

    private Bounds bounds() {
        return kafka.bounds().withSettleTimeout(Duration.ofSeconds(30));
    }

    private void body(Scenario scenario, String how, String... allowed) {
        paid.clear();
        scenario.service("paying", life -> start(life, how));
        scenario.channel(orders).send("o-1", "10");
        scenario.settle();
        assertThat(paid).isNotEmpty();
        assertThat(List.of(allowed)).startsWith(paid.toArray(String[]::new));
    }

    private ServiceProcess start(Life life, String how) {
        return start(
                life,
                PayingProcess.class,
                KafkaEntrance.open(life).bootstrapServers(),
                "paying",
                orders,
                payments,
                how);
    }

    private ServiceProcess start(Life life, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        ServiceProcess process =
                ServiceProcess.of(life, command.toArray(String[]::new)).start();
        started.add(process);
        return process;
    }
}
