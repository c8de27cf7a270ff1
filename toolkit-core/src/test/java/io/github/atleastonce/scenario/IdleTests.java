package io.github.atleastonce.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a service has for an occasion that never comes is said; what comes under some fault only has come. */
class IdleTests {

    @Test
    void saysOnlyOfTheServiceThatItDidNothing() {
        Set<String> remarks = remarks(Fault.DUPLICATE, scenario -> {
            scenario.service("billing", life -> {
                life.subscribe("bills", String.class, bill -> {});
                life.poll("relay", () -> false);
                life.after(Duration.ofMinutes(15), () -> {});
                life.step("load settings");
                return life;
            });
            shop(scenario, new HashSet<>());
        });

        assertThat(remarks).containsExactly("'billing' did nothing");
    }

    @Test
    void saysWhatOfAServiceNeverHadAnOccasion() {
        Set<String> remarks = remarks(Fault.DUPLICATE, scenario -> {
            Set<String> booked = new HashSet<>();
            scenario.service("shop", life -> {
                life.subscribe("orders", String.class, booked::add);
                life.subscribe("refunds", String.class, booked::remove);
                life.poll("relay", () -> false);
                life.after(Duration.ofMinutes(15), () -> {});
                return life;
            });
            order(scenario, booked);
        });

        assertThat(remarks)
                .containsExactly(
                        "nothing reached shop<refunds",
                        "the poller 'relay' of 'shop' found nothing",
                        "no timer of 'shop' fired");
    }

    @Test
    void saysNothingOfATimerThatAFaultLetsFire() {
        Set<String> remarks = remarks(Fault.DELAY, scenario -> {
            Set<String> booked = new HashSet<>();
            scenario.service("shop", life -> {
                life.after(Duration.ofMinutes(15), () -> booked.add("nobody came"));
                life.subscribe("orders", String.class, booked::add);
                return life;
            });
            scenario.channel("orders").send("o-1", "o-1");
            scenario.settle();
            assertThat(booked).contains("o-1");
        });

        assertThat(remarks).isEmpty();
    }

    @Test
    void saysNothingOfWhatComesIntoPlayAfterAFault() {
        Set<String> remarks = remarks(Fault.SEND_FAILED, scenario -> {
            Set<String> booked = new HashSet<>();
            List<String> kept = new ArrayList<>();
            scenario.channel("orders", ChannelOptions.DEFAULT);
            scenario.consumer("ledger", "booked", String.class, booked::add);
            scenario.service("shop", life -> {
                life.subscribe("orders", String.class, order -> {
                    try {
                        life.send("booked", order);
                    } catch (RuntimeException notSent) {
                        kept.add(order);
                    }
                });
                life.poll("relay", () -> {
                    if (kept.isEmpty()) {
                        return false;
                    }
                    life.send("booked", kept.get(0));
                    kept.remove(0);
                    return true;
                });
                return life;
            });
            order(scenario, booked);
        });

        assertThat(remarks).noneMatch(remark -> remark.contains("relay"));
    }

    @Test
    void saysNothingOfAServiceThatIsAsked() {
        Set<String> remarks = remarks(Fault.DUPLICATE, scenario -> {
            var stock = scenario.service("stock", life -> new HashSet<String>());
            Set<String> booked = new HashSet<>();
            scenario.service("shop", life -> {
                life.subscribe("orders", String.class, order -> {
                    stock.get().add(order);
                    booked.add(order);
                });
                return booked;
            });
            order(scenario, booked);
        });

        assertThat(remarks).isEmpty();
    }

    @Test
    void saysNothingOfAServiceThatTakesStepsForAnother() {
        Set<String> remarks = remarks(Fault.DUPLICATE, scenario -> {
            Runnable[] stock = new Runnable[1];
            scenario.service("stock", life -> {
                stock[0] = () -> life.step("take one");
                return life;
            });
            Set<String> booked = new HashSet<>();
            scenario.service("shop", life -> {
                life.subscribe("orders", String.class, order -> {
                    stock[0].run();
                    booked.add(order);
                });
                return booked;
            });
            order(scenario, booked);
        });

        assertThat(remarks).noneMatch(remark -> remark.contains("did nothing"));
    }

    private static void shop(Scenario scenario, Set<String> booked) {
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, booked::add);
            return booked;
        });
        order(scenario, booked);
    }

    private static void order(Scenario scenario, Set<String> booked) {
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    /** The body of such a test. */
    @FunctionalInterface
    private interface Body {
        void perform(Scenario scenario) throws Exception;
    }

    private static Set<String> remarks(Fault fault, Body body) {
        Outcome outcome =
                ScenarioRunner.of(fault).within(Bounds.DEFAULT.withMaxFaults(1)).explore(body::perform);
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return ((Outcome.Passed) outcome).claim().remarks();
    }
}
