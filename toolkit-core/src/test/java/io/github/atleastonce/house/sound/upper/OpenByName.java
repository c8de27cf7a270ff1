package io.github.atleastonce.house.sound.upper;

import io.github.atleastonce.house.sound.kernel.Step;
import java.util.Random;
import org.assertj.core.api.Assertions;

public class OpenByName {

    void check(Step step) {
        Assertions.assertThat(step.at()).isBefore(step.at().plusNanos(new Random(1).nextInt()));
    }

    public abstract static sealed class Closed permits Only {}

    static final class Only extends Closed {}
}
