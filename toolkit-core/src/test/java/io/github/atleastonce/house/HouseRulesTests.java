package io.github.atleastonce.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each rule of the house is broken once, and once nearly. */
class HouseRulesTests {

    private static final String HERE = "io.github.atleastonce.house.";

    @TestFactory
    Stream<DynamicTest> everyRuleCatchesItsBrokenTwin() {
        JavaClasses broken = new ClassFileImporter().importPackages(HERE + "broken");
        Rooms rooms = plan("broken").room("upper");

        return HouseRules.of(rooms).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().evaluate(broken).hasViolation())
                                .isTrue()));
    }

    @TestFactory
    Stream<DynamicTest> everyRulePassesItsSoundTwin() {
        JavaClasses sound = new ClassFileImporter().importPackages(HERE + "sound");
        Rooms rooms =
                plan("sound").room("upper", "kernel").room("unbuilt").extensionPoints(HERE + "sound.upper.OpenByName");

        return HouseRules.of(rooms).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(sound)));
    }

    private static Rooms plan(String twin) {
        return Rooms.under(HERE + twin)
                .room("kernel")
                .jdkOnly("kernel")
                .deterministic("kernel")
                .library("org.assertj", "upper");
    }
}
