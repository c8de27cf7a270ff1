package io.github.atleastonce.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two transports in one run: each channel goes to the one that declares it, each offers what it declares, and settling asks both. */
class SeveralTransportsTests {

    /** Carries the one queue that it has, and loses nothing. */
    private static final class Queue extends DelegatingTransport {

        Queue(Transport transport) {
            super(transport);
        }

        @Override
        public boolean hasGroups() {
            return false;
        }

        @Override
        public boolean declares(String channel) {
            return channel.equals("jobs");
        }

        @Override
        public boolean takesAny() {
            return false;
        }
    }

    private static final TransportFactory QUEUE = new TransportFactory() {

        @Override
        public Transport open(Run run) {
            return new Queue(IN_MEMORY.open(run));
        }

        @Override
        public Capabilities capabilities() {
            Capabilities usual = IN_MEMORY.capabilities();
            return new Capabilities(
                    EnumSet.of(Fault.DUPLICATE, Fault.CRASH),
                    usual.ordering(),
                    usual.confirmation(),
                    usual.staleDuplicates());
        }

        @Override
        public Bounds bounds() {
            return Bounds.DEFAULT.withMaxFaults(1);
        }

        @Override
        public String toString() {
            return "on the queue";
        }
    };

    private static final ScenarioRunner BOTH = ScenarioRunner.of(Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH)
            .on(QUEUE)
            .and(TransportFactory.IN_MEMORY)
            .within(Bounds.DEFAULT.withMaxFaults(1));

    /** A worker takes jobs from the queue and tells of them on a channel in memory, from which a clerk reads. */
    private static void pass(Scenario scenario, java.util.Collection<String> done) {
        scenario.service("worker", life -> {
            life.subscribe("jobs", String.class, job -> life.send("done", job, job));
            return life;
        });
        scenario.consumer("clerk", "done", String.class, done::add);
        scenario.channel("jobs").send("j-1", "j-1");
        scenario.settle();
    }

    @Test
    void settlingAsksAll() {
        List<Set<String>> seen = new ArrayList<>();

        Outcome outcome = BOTH.explore(scenario -> {
            Set<String> done = new LinkedHashSet<>();
            pass(scenario, done);
            assertThat(done).containsExactly("j-1");
            seen.add(done);
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(seen).hasSizeGreaterThan(5);
    }

    /** Two nodes that each read everything would be two services. */
    @Test
    void nodesAreRefusedWhereTheySharePartitionsNot() {
        Outcome outcome = BOTH.explore(scenario -> {
            scenario.nodes("worker", 2, life -> {
                life.subscribe("jobs", String.class, job -> {});
                return life;
            });
        });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining("'worker#1' is one of several nodes"));
    }

    @Test
    void eachIsDisturbed() {
        assertThat(failures("1:duplicate(jobs[k1])")).isEqualTo(List.of("j-1", "j-1"));
        assertThat(failures("1:duplicate(done[k1])")).isEqualTo(List.of("j-1", "j-1"));
        assertThat(failures("1:redelivery(clerk<done[k1])")).isEqualTo(List.of("j-1", "j-1"));
        assertThat(failures("1:crash(worker<jobs[k1]/send done)")).isEqualTo(List.of("j-1", "j-1"));
    }

    private static List<String> failures(String token) {
        List<String> done = new ArrayList<>();
        BOTH.replay(ScheduleToken.parse(token), scenario -> {
            done.clear();
            pass(scenario, done);
        });
        return done;
    }
}
