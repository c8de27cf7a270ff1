package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.archrules.model.Architecture;
import java.nio.file.Path;
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
            return new com.tngtech.archunit.core.importer.ClassFileImporter().importPath(compiled);
        });
        Report report = ArchitectureCheck.of(Architecture.of("shop")).run(blind, new Surroundings(true, Set.of()));
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
}
