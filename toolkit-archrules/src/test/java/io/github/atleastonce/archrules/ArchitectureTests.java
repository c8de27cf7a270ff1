package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.house.Circles;
import io.github.atleastonce.house.HouseRules;
import io.github.atleastonce.house.Rooms;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The floor plan of the architecture rules. */
class ArchitectureTests {

    static final Rooms ROOMS = Rooms.under("io.github.atleastonce.archrules")
            .room("knowledge")
            .room("bytecode")
            .room("model", "knowledge", "bytecode")
            .room("contract", "knowledge", "bytecode", "model")
            .room("rules", "knowledge", "bytecode", "model", "contract")
            .room("map", "knowledge", "model")
            .room("", "model", "contract", "rules")
            .jdkOnly("knowledge")
            .library("org.apache.avro", "contract")
            .library("org.objectweb.asm", "bytecode")
            .library("org.junit", "")
            // The one line of what was understood, which nobody would ask for who needs it.
            .printers("io.github.atleastonce.archrules.ArchitectureCheck");

    /** Raise this as rooms are furnished: too few classes mean that the rules looked at the wrong place. */
    static final int CLASSES_AT_LEAST = 80;

    static final JavaClasses CLASSES = HouseRules.mainClasses();

    @TestFactory
    Stream<DynamicTest> house() {
        return HouseRules.of(ROOMS).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(CLASSES)));
    }

    /** Checks that fill a file have one of their own, and share what the rules of their theme share. */
    @Test
    void circlesOfClassesAreAHandful() {
        assertThat(Circles.ofMoreThan(4, CLASSES))
                .allSatisfy(
                        circle -> assertThat(circle).contains("ConsumerRules").hasSizeLessThanOrEqualTo(7));
    }

    @Test
    void sawEnoughClasses() {
        assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    }
}
