package io.github.atleastonce.examples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.architecture.FindPlanted.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FindPlantedTests {

    @Test
    void everyPlantedViolationIsFoundAndNothingElse() {
        Outcome outcome = FindPlanted.run(Path.of("."));
        assertThat(outcome.isAsExpected())
                .as(outcome.text() + outcome.lastLine())
                .isTrue();
    }

    @Test
    void aMissOrAFalseAlarmIsNotAsExpected() {
        assertThat(new Outcome("", 3, 2, 0).isAsExpected()).isFalse();
        assertThat(new Outcome("", 3, 3, 1).isAsExpected()).isFalse();
        assertThat(new Outcome("", 0, 0, 0).isAsExpected()).isFalse();
    }
}
