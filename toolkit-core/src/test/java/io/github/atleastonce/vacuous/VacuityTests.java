package io.github.atleastonce.vacuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ways to pass without testing: each is told as the table has it, or stands there as open. */
class VacuityTests {

    private static final int AT_LEAST = 60;

    private static List<Way> ways() {
        return Stream.of(
                        BodiesTestCase.ways(),
                        DeliveriesTestCase.ways(),
                        ClaimsTestCase.ways(),
                        StateTestCase.ways(),
                        ThreadsTestCase.ways(),
                        ThreadsTestCase.more(),
                        JdbcTestCase.ways(),
                        SpringTestCase.ways(),
                        HttpTestCase.ways(),
                        SagaTestCase.ways(),
                        EvolutionTestCase.ways())
                .flatMap(ways -> ways)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> areToldAsTheTableHasThem() {
        return ways().stream().map(way -> DynamicTest.dynamicTest(way.id() + " " + way.does(), way::check));
    }

    @Test
    void areMany() {
        assertThat(ways()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
        assertThat(ways().stream().map(Way::id)).doesNotHaveDuplicates();
    }

    @Test
    void areListedInThePage() {
        PassPage.lists("core", ways());
    }
}
