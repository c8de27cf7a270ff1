package io.github.atleastonce.examples.webhooks;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.FORGED;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.http.Sender;
import io.github.atleastonce.http.Webhook;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A server of the JDK keeps what Standard Webhooks and GitHub deliver, in memory under every schedule. */
class InboxTests {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String GITHUB_SECRET = "It's a Secret to Everybody";

    private final JdbcConnectionPool db = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1", "sa", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(db);

    InboxTests() {
        jdbc.execute("CREATE TABLE inbox (id VARCHAR(40) PRIMARY KEY, body VARCHAR(400))");
    }

    private InboxServer serve(Life life, Verifier verifier, String idHeader, Inbox inbox) {
        try {
            InboxServer server = new InboxServer(verifier, idHeader, inbox);
            life.onDeath(server::close);
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void keepsEach(Scenario scenario, Verifier verifier, Function<Inbox, Inbox> through) {
        jdbc.update("DELETE FROM inbox");
        Webhook hooks = Webhook.of(scenario, "hooks").signedBy(Sender.standard(SECRET));
        scenario.service("inbox", life -> {
            Inbox inbox = through.apply(new StoredInbox(life.dataSource(db)));
            if (inbox instanceof HastyInbox hasty) {
                life.poll("worker", () -> {
                    try {
                        return hasty.work();
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    }
                });
            }
            InboxServer server = serve(life, verifier, "webhook-id", inbox);
            hooks.deliverTo(life, server.address());
            return server;
        });
        hooks.send("msg_1", "{\"n\":1}");
        hooks.send("msg_2", "{\"n\":2}");
        scenario.settle();
        assertThat(kept()).containsExactly("msg_1", "msg_2");
    }

    private List<String> kept() {
        return jdbc.queryForList("SELECT id FROM inbox ORDER BY id", String.class);
    }

    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, CRASH, FORGED, STALE},
            maxFaults = 1)
    void keepsWhatIsDelivered(Scenario scenario) {
        keepsEach(scenario, Verifier.standard(SECRET), inbox -> inbox);
    }

    @Test
    void anAnswerBeforeTheEventIsStoredIsFound() {
        Outcome outcome = ScenarioRunner.of(CRASH)
                .explore(scenario -> keepsEach(scenario, Verifier.standard(SECRET), HastyInbox::new));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token()).hasToString("1:crash(inbox.worker/insert inbox)"));
    }

    /** Whoever looks at the signature alone believes it a day later, too. */
    @Test
    void aReceiverThatBelievesWhatIsOldIsFound() {
        Verifier timeless =
                (headers, body) -> !headers.getFirst("webhook-signature").isEmpty();
        Outcome outcome = ScenarioRunner.of(STALE).explore(scenario -> keepsEach(scenario, timeless, inbox -> inbox));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token()).hasToString("1:stale(inbox<hooks[k1])"));
    }

    private void deploysEach(Scenario scenario, boolean byHand) {
        jdbc.update("DELETE FROM inbox");
        Webhook gitHub = Webhook.of(scenario, "github").signedBy(Sender.github(GITHUB_SECRET, "push"));
        scenario.service("deployer", life -> {
            StoredInbox inbox = new StoredInbox(life.dataSource(db));
            InboxServer server = serve(life, Verifier.gitHub(GITHUB_SECRET), "X-GitHub-Delivery", (id, body) -> {
                life.step("clone");
                inbox.take(id, body);
            });
            gitHub.deliverTo(life, server.address());
            return server;
        });
        gitHub.send("push_1", "{\"ref\":\"refs/heads/main\"}");
        scenario.settle();
        if (byHand) {
            gitHub.redeliver(); // GitHub does not by itself
            scenario.settle();
        }
        assertThat(kept()).containsExactly("push_1");
    }

    @FaultTest(
            faults = {REDELIVERY, CRASH, FORGED},
            maxFaults = 1)
    void deploysWhatIsDeliveredAgainByHand(Scenario scenario) {
        deploysEach(scenario, true);
    }

    @Test
    void aReceiverThatWaitsForGitHubToTryAgainIsFound() {
        Outcome outcome = ScenarioRunner.of(CRASH).explore(scenario -> deploysEach(scenario, false));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token()).hasToString("1:crash(deployer<github[k1]/clone)"));
    }
}
