package io.github.atleastonce.examples.benchmarks;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** As many invocations, of nothing; for {@link SurefireBenchmark}. */
@ParameterizedClass
@MethodSource("io.github.atleastonce.examples.benchmarks.SurefireBenchmark#rounds")
record NothingUnderSurefire(int round) {

    @RepeatedTest(326)
    void isDone() {}
}
