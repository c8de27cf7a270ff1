package io.github.atleastonce.house.sound.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record Step(Instant at, @Nullable String commonUtilsOf, int[][] choices) {

    static final Map<String, Integer> ORDER = Map.of();

    Step later(Duration by) {
        return new Step(at.plus(by), commonUtilsOf, choices);
    }

    public enum Kind {
        FIRST {
            @Override
            int weight() {
                return 1;
            }
        },
        LAST;

        int weight() {
            return switch (this) {
                case FIRST -> 2;
                case LAST -> 3;
            };
        }
    }
}
