package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.house.Circles;
import io.github.atleastonce.house.HouseRules;
import io.github.atleastonce.house.Rooms;
import io.github.atleastonce.house.Surface;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The floor plan of the Kafka module; the rooms of the core are outside of it. */
class ArchitectureTests {

    static final Rooms ROOMS = Rooms.under("io.github.atleastonce.kafka")
            .room("broker")
            .room("proxy")
            .room("", "broker", "proxy")
            .room("junit", "", "broker", "proxy")
            .room("spring", "", "junit", "broker", "proxy")
            .library("org.junit", "junit", "spring")
            .library("org.testcontainers", "broker")
            .library("org.springframework", "spring");

    /** Raise this as rooms are furnished: too few classes mean that the rules looked at the wrong place. */
    static final int CLASSES_AT_LEAST = 30;

    static final JavaClasses CLASSES = HouseRules.mainClasses();

    @TestFactory
    Stream<DynamicTest> house() {
        return HouseRules.of(ROOMS).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(CLASSES)));
    }

    @Test
    void circlesOfClassesAreAHandful() {
        // A broker is started by what its settings say, and is one of the three that they can name.
        assertThat(Circles.ofMoreThan(4, CLASSES))
                .allSatisfy(circle -> assertThat(circle).contains("Broker").hasSizeLessThanOrEqualTo(7));
    }

    /** With what the core shows to a test's author, these are no more than 45. */
    @Test
    void theSurfaceFitsIntoAHead() {
        Surface surface = Surface.of(CLASSES);

        assertThat(surface.unmarked()).isEmpty();
        assertThat(surface.forAuthors())
                .containsExactlyInAnyOrder("KafkaBroker", "KafkaCluster", "KafkaEntrance", "Topic");
        assertThat(surface.members())
                .allSatisfy((type, members) -> assertThat(members).isLessThanOrEqualTo(20));
    }

    @Test
    void sawEnoughClasses() {
        assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    }
}
