package io.github.atleastonce.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The examples of {@code docs/semantics.md}: the lines between the marks are shown there. */
final class Examples {

    private Examples() {}

    static void duplicate(Scenario scenario) {
        // example: duplicate
        scenario.consumer("shop", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-2", "B");
        scenario.settle();
        scenario.channel("orders").send("o-3", "C");
        scenario.channel("orders").send("o-4", "D");
        scenario.settle();
        // end
    }

    static void redelivery(Scenario scenario) {
        // example: redelivery
        scenario.consumer("shop", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-2", "B");
        scenario.settle();
        scenario.channel("orders").send("o-3", "C");
        scenario.settle();
        // end
    }

    static void crash(Scenario scenario) {
        // example: crash
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                life.step("insert");
                life.step("commit");
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-2", "B");
        scenario.settle();
        // end
    }

    static void confirmation(Scenario scenario) {
        // example: confirmation
        scenario.channel("orders", ChannelOptions.DEFAULT.confirmation(Confirmation.EACH_MESSAGE));
        scenario.consumer("shop", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-2", "B");
        scenario.settle();
        // end
    }

    static void attempt(Scenario scenario) {
        // example: attempt
        List<String> outbox = new ArrayList<>(); // stands for a table: it outlives a crash
        scenario.consumer("billing", "orders", String.class, order -> {});
        var shop = scenario.service("shop", life -> {
            life.poll("relay", () -> {
                if (outbox.isEmpty()) {
                    return false;
                }
                life.send("orders", "o-1", outbox.get(0));
                life.step("delete", outbox::clear);
                return true;
            });
            return life;
        });
        scenario.attempt(shop, life -> life.step("commit", () -> outbox.add("A")));
        scenario.settle();
        // end
    }

    static void reorder(Scenario scenario) {
        // example: reorder
        scenario.channel("orders", ChannelOptions.partitions(2));
        scenario.consumer("shop", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A1");
        scenario.channel("orders").send("o-2", "B1");
        scenario.channel("orders").send("o-1", "A2");
        scenario.settle();
        // end
    }

    static void subscribers(Scenario scenario) {
        // example: subscribers
        scenario.consumer("billing", "orders", String.class, order -> {});
        scenario.consumer("shipping", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-2", "B");
        scenario.settle();
        // end
    }

    static void none(Scenario scenario) {
        // example: none
        scenario.channel("orders", ChannelOptions.DEFAULT.ordering(Ordering.NONE));
        scenario.consumer("shop", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-1", "B");
        scenario.channel("orders").send("o-1", "C");
        scenario.settle();
        // end
    }

    static void delay(Scenario scenario) {
        // example: delay
        scenario.channel("payments", ChannelOptions.partitions(2));
        scenario.service("shop", life -> {
            life.after(Duration.ofMinutes(15), () -> {}); // cancels what is not paid
            life.subscribe("payments", String.class, payment -> {});
            return life;
        });
        scenario.channel("payments").send("o-1", "A");
        scenario.channel("payments").send("o-2", "B");
        scenario.settle();
        // end
    }

    static void dropAndPoison(Scenario scenario) {
        // example: drop and poison
        scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("orders.dead"));
        scenario.consumer("shop", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-2", "B");
        scenario.settle();
        // end
    }

    static void nodes(Scenario scenario) {
        // example: nodes
        scenario.channel("orders", ChannelOptions.partitions(2));
        scenario.nodes("shop", 2, life -> {
            life.subscribe("orders", String.class, order -> life.step("commit"));
            return life;
        });
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-2", "B");
        scenario.settle();
        scenario.channel("orders").send("o-1", "C");
        scenario.settle();
        // end
    }

    static void pause(Scenario scenario) {
        // example: pause
        scenario.nodes("shop", 2, life -> {
            life.subscribe("orders", String.class, order -> life.step("commit"));
            return life;
        });
        scenario.channel("orders").send("o-1", "A");
        scenario.channel("orders").send("o-1", "B");
        scenario.settle();
        // end
    }

    static void always(Scenario scenario) {
        // example: always
        int[] shown = {0};
        int[] highest = {0};
        scenario.consumer("shop", "prices", Integer.class, version -> shown[0] = version); // no version check
        scenario.always(() -> {
            assertThat(shown[0]).as("the version shown").isGreaterThanOrEqualTo(highest[0]);
            highest[0] = shown[0];
        });
        scenario.channel("prices").send("p-1", 1);
        scenario.channel("prices").send("p-1", 2);
        scenario.settle();
        assertThat(shown[0]).isEqualTo(2);
        // end
    }

    static void counts(Scenario scenario) {
        // example: counts
        scenario.service("bank", life -> {
            life.subscribe("deposits", String.class, deposit -> life.step("commit"));
            return life;
        });
        scenario.channel("deposits").send("d-1", "A");
        scenario.channel("deposits").send("d-2", "B");
        scenario.channel("deposits").send("d-3", "C");
        scenario.settle();
        // end
    }
}
