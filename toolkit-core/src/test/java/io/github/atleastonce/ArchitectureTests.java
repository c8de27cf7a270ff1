package io.github.atleastonce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.house.HouseRules;
import io.github.atleastonce.house.Rooms;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The floor plan of the core: one-way, no cycles, and a kernel that knows no world. */
class ArchitectureTests {

    static final Rooms ROOMS = Rooms.under("io.github.atleastonce")
            .room("schedule")
            .room("message")
            .room("history", "schedule", "message")
            .room("run", "history", "schedule", "message")
            .room("explore", "run", "history", "schedule", "message")
            .room("channel", "run", "history", "schedule", "message")
            .room("jdbc", "run", "history", "schedule", "message")
            .room("http", "channel", "run", "history", "schedule", "message")
            .room("scenario", "channel", "explore", "run", "history", "schedule", "message")
            .room("check", "scenario", "http", "jdbc", "channel", "run", "history", "schedule", "message")
            .room("report", "check", "explore", "run", "history", "schedule", "message")
            .room("contract", "check", "scenario", "channel", "explore", "run", "history", "schedule", "message")
            .room("junit", "report", "check", "scenario", "channel", "explore", "run", "history", "schedule", "message")
            .room("spring", "junit", "scenario", "http", "jdbc", "channel", "run", "history", "schedule", "message")
            .jdkOnly("schedule", "message")
            .deterministic("schedule", "message", "channel")
            .library("org.junit.jupiter", "junit", "contract", "spring")
            .library("org.junit.platform", "junit", "contract", "spring")
            .library("org.assertj", "check", "contract")
            .library("com.github.tomakehurst", "http")
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

    @Test
    void sawEnoughClasses() {
        assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    }
}
