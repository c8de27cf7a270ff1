package io.github.atleastonce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.house.Circles;
import io.github.atleastonce.house.HouseRules;
import io.github.atleastonce.house.Rooms;
import io.github.atleastonce.house.Surface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The floor plan of the core: one-way, no cycles, and a kernel that knows no world. */
class ArchitectureTests {

    static final Rooms ROOMS = Rooms.under("io.github.atleastonce")
            .room("schedule")
            .room("message")
            .room("state")
            .room("task", "state")
            .room("history", "schedule", "message")
            .room("place", "history", "schedule", "message")
            .room("run", "state", "place", "task", "history", "schedule", "message")
            .room("hosted", "run", "task", "history", "schedule", "message")
            .room("node", "place", "run", "task", "history", "schedule")
            .room("explore", "state", "run", "history", "schedule", "message")
            .room("channel", "state", "run", "task", "history", "schedule", "message")
            .room("log", "run", "schedule")
            .room("jdbc", "log", "state", "run", "task", "history", "schedule", "message")
            .room("process", "jdbc", "run", "task", "history", "schedule", "message")
            .room("queue", "channel", "hosted", "run", "task", "history", "schedule", "message")
            .room(
                    "scenario",
                    "state",
                    "channel",
                    "explore",
                    "hosted",
                    "node",
                    "run",
                    "task",
                    "history",
                    "schedule",
                    "message")
            .room("http", "scenario", "channel", "explore", "run", "task", "history", "schedule", "message")
            .room(
                    "check",
                    "scenario",
                    "explore",
                    "http",
                    "jdbc",
                    "channel",
                    "run",
                    "task",
                    "history",
                    "schedule",
                    "message")
            .room("saga", "check", "scenario", "explore", "run", "history", "schedule", "message")
            .room(
                    "evolution",
                    "check",
                    "scenario",
                    "channel",
                    "explore",
                    "run",
                    "task",
                    "history",
                    "schedule",
                    "message")
            .room("report", "check", "explore", "run", "task", "history", "schedule", "message")
            .room("journey", "report", "scenario", "explore", "run", "history", "schedule", "message")
            .room(
                    "contract",
                    "check",
                    "scenario",
                    "channel",
                    "explore",
                    "run",
                    "task",
                    "history",
                    "schedule",
                    "message")
            .room(
                    "junit",
                    "report",
                    "check",
                    "scenario",
                    "channel",
                    "explore",
                    "run",
                    "task",
                    "history",
                    "schedule",
                    "message")
            .room(
                    "spring",
                    "log",
                    "junit",
                    "scenario",
                    "http",
                    "jdbc",
                    "queue",
                    "channel",
                    "hosted",
                    "run",
                    "task",
                    "history",
                    "schedule",
                    "message")
            .jdkOnly("schedule", "message", "state", "task")
            .deterministic("schedule", "message", "channel")
            .library("org.junit.jupiter", "junit", "contract", "spring")
            .library("org.junit.platform", "junit", "contract", "spring")
            .library("org.assertj", "check", "contract", "http", "saga", "journey", "evolution")
            .library("com.github.tomakehurst", "http")
            .library("org.apache.avro", "evolution")
            .library("org.springframework", "spring")
            .library("org.aopalliance", "spring")
            .printers("io.github.atleastonce.junit.Console")
            .extensionPoints(
                    "io.github.atleastonce.contract.TransportContract",
                    "io.github.atleastonce.contract.IdempotentConsumerContract");

    /** Raise this as rooms are furnished: too few classes mean that the rules looked at the wrong place. */
    static final int CLASSES_AT_LEAST = 150;

    static final JavaClasses CLASSES = HouseRules.mainClasses();

    @TestFactory
    Stream<DynamicTest> house() {
        return HouseRules.of(ROOMS).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(CLASSES)));
    }

    @Test
    void kernelKnowsNoWorld() {
        noClasses()
                .that()
                .resideInAPackage("io.github.atleastonce.schedule")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io", "java.nio..", "java.net..", "java.sql..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, ProcessHandle.class, Runtime.class)
                .because("the kernel knows no I/O, thread, clock or random")
                .check(CLASSES);
    }

    /**
     * The circles of more than a handful that are accepted, each by one of its classes: a run, the services that it boots, and the lives that
     * they are booted in; proxies of JDBC that hand out each other; and annotations that name their extension, which reads them.
     */
    static final List<String> ACCEPTED_CIRCLES = List.of("Run", "ConnectionHandler", "FaultTest");

    @Test
    void circlesOfClassesAreAHandful() {
        assertThat(Circles.ofMoreThan(4, CLASSES)).allSatisfy(circle -> {
            assertThat(circle).hasSizeLessThanOrEqualTo(7);
            assertThat(circle).containsAnyElementsOf(ACCEPTED_CIRCLES);
        });
    }

    @Test
    void filesHaveOneJob() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(400));
        }
    }

    /** Everything goes through this room, so it has to be read by everybody. */
    @Test
    void theRoomOfARunFitsIntoAHead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/atleastonce/run"))) {
            long lines = 0;
            for (Path file : files.toList()) {
                lines += Files.readAllLines(file).size();
            }
            assertThat(lines).isLessThan(2_800);
        }
    }

    /**
     * A test's author meets few types, and those of the rooms for HTTP, sagas, journeys, queues, Spring and the evolution of events only where services have to do with them; all others are for
     * those who build on the toolkit, and may change with any release.
     */
    @Test
    void theSurfaceFitsIntoAHead() {
        Surface surface = Surface.of(CLASSES);

        assertThat(surface.unmarked()).isEmpty();
        Set<String> http = surface.forAuthorsOf("http");
        assertThat(http).containsExactlyInAnyOrder("ThirdParty", "ThirdPartyAssert", "Webhook", "Sender");
        Set<String> others = new TreeSet<>(surface.forAuthors());
        others.removeAll(http);
        Set<String> saga = surface.forAuthorsOf("saga");
        assertThat(saga).containsExactlyInAnyOrder("Saga", "SagaStep", "Sagas", "SagasAssert");
        others.removeAll(saga);
        Set<String> journey = surface.forAuthorsOf("journey");
        assertThat(journey).containsExactlyInAnyOrder("Journeys", "JourneysAssert");
        others.removeAll(journey);
        Set<String> evolution = surface.forAuthorsOf("evolution");
        assertThat(evolution)
                .containsExactlyInAnyOrder(
                        "EventArchive", "AvroArchive", "EventArchiveAssert", "EarlierRelease", "DeploymentOrder");
        others.removeAll(evolution);
        Set<String> queue = surface.forAuthorsOf("queue");
        assertThat(queue).containsExactlyInAnyOrder("Queues", "QueueServer", "Envelope", "QueueListener", "Received");
        others.removeAll(queue);
        Set<String> spring = surface.forAuthorsOf("spring");
        assertThat(spring).containsExactlyInAnyOrder("SpringLife", "ContextExtension", "QueueConsumers");
        others.removeAll(spring);
        assertThat(others).hasSizeBetween(20, 41);
        // A bound has a reader and a wither, so that each is found by completion.
        assertThat(surface.members())
                .allSatisfy((type, members) -> assertThat(members)
                        .as("public members of %s", type)
                        .isLessThanOrEqualTo(type.equals("Bounds") ? 42 : 20));
    }

    @Test
    void sawEnoughClasses() {
        assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    }
}
