package io.github.atleastonce.kafka.spring;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Outbox;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerPostProcessor;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Sends that report an error, to those who look at it and to those who do not. */
class SendFaultTests {

    private static final String LOST = """
            Fails under 1 fault. Fault-free run passed; 1 of 2 schedules with 1 fault was run.

              1  attempt 1 in application    insert processed; insert outbox; commit
              2  attempt 2 in application    select outbox
              3  ✗ SEND_FAILED: send to mails failed in attempt 2 in application
              4  … application goes on       update outbox

            the outbox of 'mails' lost events: [o-1] committed, but never published.

            Replay: -Datleastonce.replay='1:send_failed(application#2/send mails)'   or   @Replay("1:send_failed(application#2/send mails)")""";

    private static final String PHANTOM = """
            Fails under 1 fault. Fault-free run passed; 2 of 2 schedules with 1 fault were run.

              1  attempt 1 in application           insert processed                          FAILED
              2  ✗ SEND_UNCERTAIN: send to mails failed in attempt 1 in application, and was written all the same
              3  … application goes on              send mails-0@0 Record(o-1); rollback; threw CompletionException: \
            org.springframework.kafka.core.KafkaProduc…ption: Failed to send
              4  mails-0@0 Record(o-1)  → credit    insert mailed; commit; commit offset

            the outbox of 'mails' has phantoms: [o-1] published, but never committed.

            Replay:
              -Datleastonce.replay='1:send_uncertain(application#1/send mails)'
              or @Replay("1:send_uncertain(application#1/send mails)")""";

    @TempDir
    Path kept;

    static class DeskTestCase {

        @Autowired
        CreditService service;

        @Autowired
        OrderDesk desk;

        @BeforeEach
        void reset() {
            service.reset();
            desk.reset();
        }

        void everybodyIsTold(Scenario scenario) {
            assertThat(Outbox.of(scenario, "mails"))
                    .publishesEveryCommitted(service::placed, (String order) -> order)
                    .publishesOnlyCommitted(service::placed, (String order) -> order);
            assertThat(service.mailed()).isEqualTo(service.placed());
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, OrderDesk.Beans.class})
    @KafkaBroker(topics = {@Topic(name = "mails"), @Topic(name = "charges")})
    @DirtiesContext
    static class FaultyTestCase extends DeskTestCase {

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN})
        void marksWithoutLooking(Scenario scenario) {
            scenario.attempt(() -> desk.place("o-1"));
            scenario.attempt(desk::relayBlindly);
            desk.relayBlindly();
            everybodyIsTold(scenario);
        }

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN})
        void marksWithoutLookingAtTheProducer(Scenario scenario) {
            scenario.attempt(() -> desk.place("o-1"));
            scenario.attempt(desk::relayBlindlyByProducer);
            desk.relayBlindlyByProducer();
            everybodyIsTold(scenario);
        }

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN})
        void tellsAfterTheCommit(Scenario scenario) {
            scenario.attempt(() -> desk.placeThenTell("o-1"));
            everybodyIsTold(scenario);
        }

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN})
        void tellsWithinTheTransaction(Scenario scenario) {
            scenario.attempt(() -> desk.placeWhileTelling("o-1"));
            everybodyIsTold(scenario);
        }

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN})
        void chargesWithNewKeys(Scenario scenario) {
            scenario.attempt(() -> desk.chargeWithNewKeys("o-1"));
            scenario.settle();
            assertThat(desk.charges()).hasSize(1);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, OrderDesk.Beans.class})
    @KafkaBroker(topics = {@Topic(name = "mails"), @Topic(name = "charges")})
    @DirtiesContext
    static class FixedTestCase extends DeskTestCase {

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN, CRASH})
        void marksWhatWasAcknowledged(Scenario scenario) {
            scenario.attempt(() -> desk.place("o-1"));
            scenario.attempt(desk::relay);
            desk.relay();
            everybodyIsTold(scenario);
        }

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN, CRASH})
        void waitsForTheProducer(Scenario scenario) throws Exception {
            scenario.attempt(() -> desk.place("o-1"));
            scenario.attempt(desk::relayByProducer);
            desk.relayByProducer();
            everybodyIsTold(scenario);
        }

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN, CRASH})
        void letsTheProducerCallBack(Scenario scenario) {
            scenario.attempt(() -> desk.place("o-1"));
            scenario.attempt(desk::relayWithCallback);
            desk.relay();
            everybodyIsTold(scenario);
        }

        @FaultTest(
                faults = {SEND_FAILED, SEND_UNCERTAIN},
                maxFaults = 2)
        void chargesWithOneKey(Scenario scenario) {
            scenario.attempt(() -> desk.chargeWithOneKey("o-1"));
            scenario.settle();
            assertThat(desk.charges()).hasSize(1);
        }
    }

    static class ForwardingTestCase {

        @Autowired
        CreditService service;

        @BeforeEach
        void reset() {
            service.reset();
        }

        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN})
        void tellsEverybody(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.settle();
            assertThat(service.credit("alice")).isEqualTo(70);
            assertThat(service.mailed()).containsExactly("o-1");
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, CreditService.TellingAlways.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class FaultyListenerTestCase extends ForwardingTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Mailing.class, CreditService.TellingForSure.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "mails")})
    @DirtiesContext
    static class FixedListenerTestCase extends ForwardingTestCase {}

    @Configuration
    static class Transactional {

        @Bean
        KafkaTemplate<String, String> kafka() {
            var factory = new DefaultKafkaProducerFactory<String, String>(Map.of()) {
                @Override
                protected Producer<String, String> createRawProducer(Map<String, Object> settings) {
                    var serializer = new StringSerializer();
                    Producer<String, String> producer = new MockProducer<>(true, null, serializer, serializer);
                    for (ProducerPostProcessor<String, String> each : getPostProcessors()) {
                        producer = each.apply(producer);
                    }
                    return producer;
                }
            };
            factory.setTransactionIdPrefix("tx-");
            KafkaTemplate<String, String> template = new KafkaTemplate<>(factory);
            template.setAllowNonTransactional(true);
            return template;
        }
    }

    @SpringJUnitConfig(Transactional.class)
    static class TransactionalTestCase {

        @Autowired
        KafkaTemplate<String, String> kafka;

        @FaultTest(
                faults = {SEND_FAILED, CRASH},
                optional = SEND_FAILED)
        void inATransaction(Scenario scenario) {
            scenario.attempt(() -> kafka.executeInTransaction(within -> within.send("mails", "o-1", "A")));
        }

        @FaultTest(faults = {SEND_FAILED, CRASH})
        void outsideOfIt(Scenario scenario) {
            scenario.attempt(() -> kafka.send("mails", "o-1", "A"));
        }
    }

    /** What is said of beans and threads is tested where it is found. */
    private static Map<String, String> withoutRemarks(Map<String, String> stories) {
        return stories.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        story -> story.getValue().replaceFirst("; (beans keep|no step|work of).*", ".")));
    }

    @Test
    void transactionsOfKafkaAreNoPlacesForFaultsOfSends() {
        assertThat(withoutRemarks(run(TransactionalTestCase.class)))
                .containsEntry(
                        "inATransaction",
                        "Holds under every schedule with ≤ 2 faults (4 runs); no place for SEND_FAILED.")
                .containsEntry("outsideOfIt", "Holds under every schedule with ≤ 2 faults (4 runs).");
    }

    @Test
    void findsWhoDoesNotLookAtTheResult() {
        Map<String, String> stories = run(FaultyTestCase.class);

        assertThat(stories).hasSize(5);
        assertThat(stories.get("marksWithoutLooking")).isEqualTo(LOST);
        assertThat(stories.get("marksWithoutLookingAtTheProducer")).contains("1:send_failed(application#2/send mails)");
        assertThat(stories.get("tellsAfterTheCommit")).contains("1:send_failed(application#1/send mails)");
        assertThat(stories.get("tellsWithinTheTransaction")).isEqualTo(PHANTOM);
        assertThat(stories.get("chargesWithNewKeys")).contains("1:send_uncertain(application#1/send charges)");
    }

    @Test
    void passesWhoLooksAtTheResult() {
        assertThat(withoutRemarks(run(FixedTestCase.class)))
                .containsOnly(
                        Map.entry("marksWhatWasAcknowledged", "Holds under every schedule with ≤ 1 fault (16 runs)."),
                        Map.entry("waitsForTheProducer", "Holds under every schedule with ≤ 1 fault (16 runs)."),
                        Map.entry("letsTheProducerCallBack", "Holds under every schedule with ≤ 1 fault (15 runs)."),
                        Map.entry("chargesWithOneKey", "Holds under every schedule with ≤ 2 faults (7 runs)."));
    }

    @Test
    void findsTheListenerThatDoesNotLook() {
        assertThat(run(FaultyListenerTestCase.class).get("tellsEverybody"))
                .contains("1:send_failed(credit<orders[k1]/send mails)");
    }

    @Test
    void passesTheListenerThatGetsItsRecordAgain() {
        assertThat(withoutRemarks(run(FixedListenerTestCase.class)).get("tellsEverybody"))
                .isEqualTo("Holds under every schedule with ≤ 1 fault (3 runs).");
    }

    private Map<String, String> run(Class<?> fixture) {
        Map<String, String> stories = Told.named(fixture, kept);
        stories.replaceAll((name, story) -> story.replaceAll("; (not )?tried: [A-Z_, ]+", ""));
        return stories;
    }
}
