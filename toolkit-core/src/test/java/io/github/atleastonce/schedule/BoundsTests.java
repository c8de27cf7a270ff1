package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BoundsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void mayBeAsSmallAsThis() {
        assertThat(Bounds.DEFAULT.withMaxFaults(0).withMaxRuns(1).withTimeout(Duration.ofNanos(1)))
                .extracting(Bounds::maxFaults, Bounds::maxRuns, Bounds::timeout)
                .containsExactly(0, 1, Duration.ofNanos(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "MAX_FAULTS; -1; a whole number of at least 0",
                "MAX_RUNS; 0; a whole number of at least 1",
                "MAX_DELIVERIES; 0; a whole number of at least 1",
                "DUPLICATE_HORIZON; 0; a whole number of at least 1",
                "REWIND; 0; a whole number of at least 1",
                "MAX_ATTEMPTS; -7; a whole number of at least 1",
                "MAX_RUNS; 2147483648; a whole number of at least 1",
                "EVERY_INTERLEAVING; perhaps; 'true' or 'false'",
                "TIMEOUT; 0s; a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M",
                "DELAY; -1s; a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M",
                "BROKER_TIMEOUT; 999999999h; a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M",
                "SETTLE_TIMEOUT; PT9223372036854775807S; a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M",
            })
    void refuseWhatPermitsNothingOrIsAbsurd(Bound bound, String text, String wanted) {
        assertThat(bound.wanted()).isEqualTo(wanted);
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.DEFAULT.with(bound, text));
    }

    @Test
    void nameTheOneThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.DEFAULT.withRewind(0))
                .withMessage("The bound rewind wants a whole number of at least 1, but is 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.DEFAULT.withJoinTimeout(Duration.ofSeconds(-3)))
                .withMessage(
                        "The bound joinTimeout wants a duration longer than nothing, of 10000 days at the most, such as "
                                + "30s, 5m or PT5M, but is PT-3S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.DEFAULT.withDelay(Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageContaining("10000 days at the most");
    }

    /** One table: what it holds can be read, changed one at a time, said as text and cited. */
    @ParameterizedTest
    @EnumSource
    void changeOneAtATime(Bound bound) throws Exception {
        Object value = other(bound);
        Bounds changed = (Bounds) wither(bound).invoke(Bounds.DEFAULT, arguments(bound, value));

        assertThat(reader(bound).invoke(changed))
                .isEqualTo(value)
                .isNotEqualTo(reader(bound).invoke(Bounds.DEFAULT));
        assertThat(Bounds.DEFAULT.with(bound, value.toString()))
                .isEqualTo(changed)
                .hasSameHashCodeAs(changed);
        assertThat(bound.in(changed)).isEqualTo(bound + " = " + value);
        assertThat(Bound.named(bound.toString())).contains(bound);
        for (Bound another : Bound.values()) {
            if (another != bound) {
                assertThat(reader(another).invoke(changed))
                        .isEqualTo(reader(another).invoke(Bounds.DEFAULT));
            }
        }
    }

    @Test
    void saysWhichThereAre() {
        assertThat(Bounds.DEFAULT)
                .hasToString("maxFaults = 2, everyInterleaving = false, maxRuns = 100000, "
                        + "timeout = PT5M, settleTimeout = PT10S, runTimeout = PT2M, maxDeliveries = 10000, duplicateHorizon = 3, rewind = 2, "
                        + "maxAttempts = 3, delay = PT1M, brokerTimeout = PT20S, joinTimeout = PT3S, rebalanceTimeout = PT1M, "
                        + "sessionTimeout = PT10S, leftoverTimeout = PT2S, arrivalTimeout = PT2S, stopTimeout = PT30S");
        assertThat(Bound.named("maxfaults")).isEmpty();
    }

    @Test
    void countTurnsAmongTheFaultsUnlessEachInterleavingIsWanted() {
        assertThat(Bounds.DEFAULT.withMaxFaults(3).maxDeviations()).isEqualTo(3);
        assertThat(Bounds.DEFAULT.withMaxFaults(3).withEveryInterleaving().maxDeviations())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Bounds.DEFAULT.withMaxFaults(0).withEveryInterleaving().maxDeviations())
                .isZero();
    }

    @Test
    void mayBeSetBackAsText() {
        assertThatCode(() -> Bounds.DEFAULT.with(Bound.TIMEOUT, " 30 s ")).doesNotThrowAnyException();
        assertThat(Bounds.DEFAULT.withEveryInterleaving().with(Bound.EVERY_INTERLEAVING, "FALSE"))
                .isEqualTo(Bounds.DEFAULT)
                .isNotEqualTo(Bounds.DEFAULT.withEveryInterleaving());
    }

    private static Object other(Bound bound) throws ReflectiveOperationException {
        Class<?> type = reader(bound).getReturnType();
        return type == int.class ? (Object) 7 : type == boolean.class ? (Object) true : SECOND;
    }

    private static Object[] arguments(Bound bound, Object value) {
        return bound == Bound.EVERY_INTERLEAVING ? new Object[0] : new Object[] {value};
    }

    private static Method reader(Bound bound) throws NoSuchMethodException {
        return Bounds.class.getMethod(bound.toString());
    }

    private static Method wither(Bound bound) {
        String name = "with" + bound.toString().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + bound.toString().substring(1);
        Optional<Method> found = Stream.of(Bounds.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst();
        assertThat(found).as(name).isPresent();
        return found.orElseThrow(() -> new AssertionError(Arrays.toString(Bounds.class.getMethods())));
    }
}
