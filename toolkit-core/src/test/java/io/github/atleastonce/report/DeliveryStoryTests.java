package io.github.atleastonce.report;

import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DROP;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.POISON;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.report.Customers.OrderCancelled;
import io.github.atleastonce.report.Customers.OrderCreated;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Stories of what happens to messages. */
class DeliveryStoryTests {

    record OrderPaid(String order) {}

    @Test
    void duplicate() {
        Golden.tells("duplicate", ScenarioRunner.of(DUPLICATE), scenario -> {
            Customers.Tables tables = new Customers.Tables();
            scenario.service("customers", life -> {
                Customers customers = new Customers(life, tables);
                life.subscribe("orders", OrderCreated.class, customers::reserve);
                return customers;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(tables.credit.get("c-1")).isEqualTo(70);
        });
    }

    @Test
    void staleDuplicate() {
        Golden.tells("stale-duplicate", ScenarioRunner.of(DUPLICATE, REDELIVERY), scenario -> {
            Map<String, String> status = new HashMap<>();
            scenario.service("shipping", life -> {
                life.subscribe(
                        "orders",
                        OrderCreated.class,
                        event -> life.step("UPDATE delivery", () -> status.put(event.order(), "PLANNED")));
                life.subscribe(
                        "orders",
                        OrderCancelled.class,
                        event -> life.step("UPDATE delivery", () -> status.put(event.order(), "CANCELLED")));
                return status;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.channel("orders").send("o-1", new OrderCancelled("o-1"));
            scenario.settle();
            assertEquals("CANCELLED", status.get("o-1"), "status of o-1");
        });
    }

    @Test
    void duplicateWhenAllWasQuiet() {
        Golden.tells("late-duplicate", ScenarioRunner.of(DUPLICATE), scenario -> {
            List<String> invoices = new ArrayList<>();
            Set<String> recent = new HashSet<>();
            scenario.consumer("billing", "orders", OrderCreated.class, event -> {
                if (recent.add(event.order())) {
                    invoices.add(event.order());
                }
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            recent.clear();
            scenario.settle();
            assertThat(invoices).containsExactly("o-1");
        });
    }

    @Test
    void redeliveryOfTwo() {
        Golden.tells("redelivery-of-two", ScenarioRunner.of(REDELIVERY), scenario -> {
            List<String> handled = new ArrayList<>();
            scenario.consumer("lastonly", "orders", OrderCreated.class, event -> {
                if (handled.isEmpty() || !handled.get(handled.size() - 1).equals(event.order())) {
                    handled.add(event.order());
                }
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.channel("orders").send("o-2", new OrderCreated("o-2", "c-1", 30));
            scenario.settle();
            assertThat(handled).doesNotHaveDuplicates();
        });
    }

    @Test
    void delayWithTimer() {
        Golden.tells("delay-with-timer", ScenarioRunner.of(DELAY), scenario -> {
            Map<String, String> status = new HashMap<>();
            scenario.service("orders", life -> {
                life.subscribe("placed", OrderCreated.class, event -> {
                    life.step("INSERT order", () -> status.put(event.order(), "PENDING"));
                    life.after(
                            Duration.ofMinutes(15),
                            () -> life.step(
                                    "UPDATE order to EXPIRED",
                                    () -> status.replace(event.order(), "PENDING", "EXPIRED")));
                });
                life.subscribe(
                        "paid",
                        OrderPaid.class,
                        event -> life.step("UPDATE order to PAID", () -> status.put(event.order(), "PAID")));
                return status;
            });
            scenario.always(() -> assertThat(status).doesNotContainValue("EXPIRED"));
            scenario.channel("placed").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.channel("paid").send("o-1", new OrderPaid("o-1"));
            scenario.settle();
        });
    }

    @Test
    void delayedAndDelivered() {
        Golden.tells("delayed-and-delivered", ScenarioRunner.of(DELAY), scenario -> {
            List<String> handled = new ArrayList<>();
            scenario.consumer("audit", "placed", String.class, handled::add);
            scenario.consumer("audit-of-payments", "paid", String.class, handled::add);
            scenario.channel("placed").send("o-1", "placed");
            scenario.channel("placed").send("o-1", "changed");
            scenario.channel("paid").send("o-1", "paid");
            scenario.settle();
            assertThat(handled).as("order of events").containsExactly("placed", "changed", "paid");
        });
    }

    @Test
    void reorderOfTwoSubscribers() {
        Golden.tells("reorder-of-two-subscribers", ScenarioRunner.of(REORDER), scenario -> {
            Set<String> known = new HashSet<>();
            List<String> shippedToNobody = new ArrayList<>();
            scenario.service("customers", life -> {
                life.subscribe(
                        "orders",
                        OrderCreated.class,
                        event -> life.step("INSERT customer", () -> known.add(event.customer())));
                return known;
            });
            scenario.service("shipping", life -> {
                life.subscribe("orders", OrderCreated.class, event -> {
                    life.step("SELECT customer");
                    if (!known.contains(event.customer())) {
                        shippedToNobody.add(event.order());
                    }
                });
                return known;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(shippedToNobody).isEmpty();
        });
    }

    @Test
    void poisonAndDeadLetter() {
        Golden.tells("poison-and-dead-letter", ScenarioRunner.of(POISON), scenario -> {
            List<String> alerts = new ArrayList<>();
            scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("orders-dead"));
            scenario.consumer("customers", "orders", OrderCreated.class, event -> {});
            scenario.consumer("operations", "orders-dead", Message.class, dead -> alerts.add(dead.id()));
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(alerts).isEmpty();
        });
    }

    @Test
    void handlerThatKeepsThrowing() {
        Golden.tells("handler-keeps-throwing", ScenarioRunner.of(DUPLICATE), scenario -> {
            Set<String> orders = new HashSet<>();
            scenario.service("customers", life -> {
                life.subscribe("orders", OrderCreated.class, event -> {
                    life.step("INSERT reservation");
                    if (!orders.add(event.order())) {
                        throw new IllegalStateException(
                                "duplicate key value violates unique constraint\n\"reservation_pkey\"");
                    }
                });
                return orders;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
        });
    }

    @Test
    void loss() {
        Golden.tells("drop", ScenarioRunner.of(DROP), scenario -> {
            List<String> handled = new ArrayList<>();
            scenario.consumer("customers", "orders", OrderCreated.class, event -> handled.add(event.order()));
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.channel("orders").send("o-2", new OrderCreated("o-2", "c-1", 30));
            scenario.settle();
            assertThat(handled).containsExactly("o-1", "o-2");
        });
    }

    @Test
    void twoFaults() {
        Golden.tells("two-faults", ScenarioRunner.of(DUPLICATE, REDELIVERY), scenario -> {
            int[] handled = new int[1];
            scenario.consumer("counter", "orders", OrderCreated.class, event -> handled[0]++);
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(handled[0]).isLessThan(3);
        });
    }

    @Test
    void longRun() {
        Golden.tells("long-run", ScenarioRunner.of(DUPLICATE).within(Bounds.DEFAULT.withMaxFaults(1)), scenario -> {
            Map<String, Integer> handled = new HashMap<>();
            scenario.channel("orders", ChannelOptions.partitions(3));
            scenario.consumer(
                    "customers", "orders", OrderCreated.class, event -> handled.merge(event.order(), 1, Integer::sum));
            for (int i = 1; i <= 60; i++) {
                scenario.channel("orders").send("o-" + i, new OrderCreated("o-" + i, "c-1", 30));
            }
            scenario.settle();
            assertThat(handled.get("o-31")).isEqualTo(1);
        });
    }

    @Test
    void longNamesAndNoKeys() {
        Golden.tells("long-names-and-no-keys", ScenarioRunner.of(DUPLICATE), scenario -> {
            List<Object> handled = new ArrayList<>();
            scenario.consumer("customers", "orders", Object.class, handled::add);
            String key = "urn:shop:order:2001-01-01:0a1b2c3d-4e5f-6789-abcd-ef0123456789";
            scenario.channel("orders").send(key, new OrderCreated("o-1", "c-1", 30));
            scenario.channel("orders").send(new OrderCreated("o-2", "c-1", 30));
            scenario.channel("orders").send("a text of\nseveral lines that says more than a story wants to repeat");
            scenario.channel("orders").send(new byte[] {1, 2, 3});
            scenario.channel("orders").send(new Object());
            scenario.settle();
            assertThat(handled.size()).isEqualTo(5);
        });
    }
}
