package io.github.atleastonce.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nothing, and numbers that nobody means, get a sentence that says what is wanted. */
class AbsurdInputTests {

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @TestFactory
    Stream<DynamicTest> getTheirSentence() {
        return Stream.of(
                told("scenario.channel wants a name, but got null.", scenario -> scenario.channel(null)),
                told(
                        "scenario.channel wants options, but got null.",
                        scenario -> scenario.channel("orders", (ChannelOptions) null)),
                told("scenario.service wants a name, but got null.", scenario -> scenario.service(null, life -> life)),
                told(
                        "scenario.service wants a lambda that boots it, but got null.",
                        scenario -> scenario.service("shop", null)),
                told(
                        "scenario.nodes wants a lambda that boots each, but got null.",
                        scenario -> scenario.nodes("shop", 2, null)),
                told(
                        "scenario.consumer wants a channel, but got null.",
                        scenario -> scenario.consumer("shop", null, String.class, order -> {})),
                told(
                        "scenario.consumer wants a type of payload, but got null.",
                        scenario -> scenario.consumer("shop", "orders", null, order -> {})),
                told(
                        "scenario.consumer wants a handler, but got null.",
                        scenario -> scenario.consumer("shop", "orders", String.class, null)),
                told("scenario.always wants a claim, but got null.", scenario -> scenario.always(null)),
                told("scenario.reset wants an action, but got null.", scenario -> scenario.reset(null)),
                told("scenario.follow wants an executor, but got null.", scenario -> scenario.follow(null)),
                told("scenario.elapse wants a duration, but got null.", scenario -> scenario.elapse(null)),
                told(
                        "elapse wants a duration that is not negative, of 10000 days at the most, but got " + FOR_EVER
                                + ".",
                        scenario -> scenario.elapse(FOR_EVER)),
                told(
                        "A channel wants from 1 to 100000 partitions, but got " + Integer.MAX_VALUE + ".",
                        scenario -> scenario.channel("orders", ChannelOptions.partitions(Integer.MAX_VALUE))));
    }

    private static DynamicTest told(String sentence, Consumer<Scenario> body) {
        return DynamicTest.dynamicTest(sentence, () -> {
            Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE).explore(body::accept);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.cause())
                                    .isInstanceOf(UsageException.class)
                                    .hasMessage(sentence));
        });
    }
}
