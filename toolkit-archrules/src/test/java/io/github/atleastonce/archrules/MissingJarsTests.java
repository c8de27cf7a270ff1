package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.atleastonce.archrules.model.Architecture;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that cannot see the framework finds nothing, so not to see it must fail. */
class MissingJarsTests {

    @Test
    void missingFrameworkJarsFailTheCheck(@TempDir Path directory) {
        Fixture fixture = Fixture.read(
                Path.of("src/test/fixtures/writes_and_sends_should_use_outbox/violating.java"), Idiom.SPRING_KAFKA);
        Path compiled = fixture.compileTo(directory);
        JavaClasses blind = ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter().importPath(compiled);
        });
        Report report = ArchitectureCheck.of(Architecture.of("shop").contextPerPackage())
                .run(blind, new Surroundings(true, Set.of()));
        assertThat(report.result("writes_and_sends_should_use_outbox")
                        .orElseThrow()
                        .fresh())
                .as("it is blind indeed")
                .isEmpty();
        assertThat(report.isFailure()).isTrue();
        assertThat(report.message())
                .contains("framework classes that cannot be found")
                .contains("org.springframework.kafka.core.KafkaTemplate");
    }

    @Test
    void soDoesAMissingJarOfWhichTheUserToldFacts(@TempDir Path directory) {
        List<Path> sources = new Fixture(Path.of("bus"), """
                package com.acme.bus;
                public class TypedBus extends Bus {}
                package com.acme.bus;
                public class Bus { public void publish(Object event) {} }
                package shop.order;
                public record OrderPlaced(String orderId) {}
                package shop.order;
                public class OrderService {
                    com.acme.bus.TypedBus bus;
                    public void place(String id) { bus.publish(new OrderPlaced(id)); }
                }
                """, Idiom.SPRING_KAFKA).sourcesIn(directory);
        Path compiled = Fixture.compile(sources, directory);
        JavaClasses withoutBus = new ClassFileImporter().importPath(compiled.resolve("shop"));
        Architecture knowing =
                Architecture.of("shop").contextPerPackage().knowing("send com.acme.bus.Bus#publish payload=0");
        assertThat(ArchitectureCheck.of(knowing)
                        .run(withoutBus, new Surroundings(true, Set.of()))
                        .message())
                .contains("framework classes that cannot be found")
                .contains("com.acme.bus.TypedBus")
                .contains("used by OrderService");
        JavaClasses withBus = new ClassFileImporter().importPath(compiled);
        Report report = ArchitectureCheck.of(knowing).run(withBus, new Surroundings(true, Set.of()));
        assertThat(report.isFailure()).as(report.message()).isFalse();
        assertThat(report.model().publications()).hasSize(1);
    }
}
