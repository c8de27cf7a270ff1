package io.github.atleastonce.report;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.message.Handler;
import io.github.atleastonce.report.Customers.OrderCreated;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Stories of lives that end. */
class CrashStoryTests {

    record CreditReserved(String order) {}

    record OrderApproved(String order) {}

    @Test
    void redeliveryAfterCrash() {
        Golden.tells("redelivery-after-crash", ScenarioRunner.of(CRASH), scenario -> {
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
    void crashBeforeTheHandler() {
        Golden.tells("crash-before-handler", ScenarioRunner.of(CRASH), scenario -> {
            Set<String> handled = new HashSet<>();
            int[] lives = new int[1];
            scenario.service("customers", life -> {
                lives[0]++;
                life.subscribe("orders", OrderCreated.class, event -> handled.add(event.order()));
                return life;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.channel("orders").send("o-2", new OrderCreated("o-2", "c-1", 30));
            scenario.settle();
            assertThat(lives[0]).as("lives, %s handled", handled.size()).isEqualTo(1);
        });
    }

    @Test
    void crashWhileAllIsQuiet() {
        Golden.tells("crash-while-quiet", ScenarioRunner.of(CRASH), scenario -> {
            Set<String> handled = new HashSet<>();
            List<Integer> cache = new ArrayList<>();
            scenario.service("customers", life -> {
                cache.clear();
                life.subscribe("orders", OrderCreated.class, event -> {
                    handled.add(event.order());
                    if (!cache.contains(event.amount())) {
                        cache.add(event.amount());
                    }
                });
                return cache;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(cache).hasSameSizeAs(handled);
        });
    }

    @Test
    void attemptCut() {
        Golden.tells("attempt-cut", ScenarioRunner.of(CRASH), scenario -> {
            Set<String> orders = new HashSet<>();
            List<String> announced = new ArrayList<>();
            Service<Handler<String>> shop = scenario.service("shop", life -> order -> {
                life.step("INSERT order");
                life.step("COMMIT", () -> orders.add(order));
                life.send("orders", order, new OrderCreated(order, "c-1", 30));
            });
            scenario.consumer("customers", "orders", OrderCreated.class, event -> announced.add(event.order()));
            scenario.attempt(shop, place -> place.handle("o-1"));
            scenario.settle();
            assertThat(announced).containsExactlyInAnyOrderElementsOf(orders);
        });
    }

    @Test
    void bootCut() {
        Golden.tells("boot-cut", ScenarioRunner.of(CRASH), scenario -> {
            boolean[] cleared = new boolean[1];
            boolean[] rebuilt = new boolean[1];
            scenario.service("projection", life -> {
                if (!cleared[0]) {
                    cleared[0] = true;
                    life.step("TRUNCATE view");
                    rebuilt[0] = true;
                    life.step("INSERT INTO view");
                }
                life.subscribe("orders", OrderCreated.class, event -> life.step("UPDATE view"));
                return life;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(rebuilt[0]).isTrue();
        });
    }

    @Test
    void recoveryCut() {
        Golden.tells("recovery-cut", ScenarioRunner.of(CRASH), scenario -> {
            boolean[] unfinished = new boolean[1];
            List<String> refunds = new ArrayList<>();
            scenario.service("payments", life -> {
                if (unfinished[0]) {
                    refunds.add("o-1");
                    life.step("INSERT refund");
                    unfinished[0] = false;
                    life.step("DELETE marker");
                }
                life.subscribe("orders", OrderCreated.class, event -> {
                    unfinished[0] = true;
                    life.step("INSERT marker");
                    unfinished[0] = false;
                    life.step("DELETE marker");
                });
                return life;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(refunds).doesNotHaveDuplicates();
        });
    }

    @Test
    void relayCrash() {
        Golden.tells("relay-crash", ScenarioRunner.of(CRASH), scenario -> {
            List<String> outbox = new ArrayList<>();
            List<String> invoices = new ArrayList<>();
            Service<List<String>> shop = scenario.service("shop", life -> {
                life.poll("relay", () -> {
                    if (outbox.isEmpty()) {
                        return false;
                    }
                    life.send("orders", outbox.get(0), new OrderCreated(outbox.get(0), "c-1", 30));
                    outbox.remove(0);
                    life.step("DELETE outbox");
                    return true;
                });
                return outbox;
            });
            scenario.consumer("billing", "orders", OrderCreated.class, event -> invoices.add(event.order()));
            scenario.attempt(shop, box -> box.add("o-1"));
            scenario.attempt(shop, box -> box.add("o-2"));
            scenario.settle();
            assertThat(invoices).doesNotHaveDuplicates();
        });
    }

    @Test
    void twoServices() {
        Golden.tells("two-services", ScenarioRunner.of(CRASH, DUPLICATE, REDELIVERY), scenario -> {
            Customers.Tables tables = new Customers.Tables();
            List<String> approved = new ArrayList<>();
            scenario.service("customers", life -> {
                Customers customers = new Customers(life, tables);
                life.subscribe("orders", OrderCreated.class, event -> {
                    customers.reserveOnce(event);
                    life.send("credit", event.order(), new CreditReserved(event.order()));
                });
                return customers;
            });
            scenario.service("orders", life -> {
                life.subscribe("credit", CreditReserved.class, event -> {
                    life.step("UPDATE order");
                    life.step("COMMIT", () -> approved.add(event.order()));
                    life.send("approvals", event.order(), new OrderApproved(event.order()));
                });
                return life;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.channel("orders").send("o-2", new OrderCreated("o-2", "c-1", 40));
            scenario.settle();
            assertThat(tables.credit.get("c-1")).isEqualTo(30);
            assertThat(approved).containsExactlyInAnyOrder("o-1", "o-2");
        });
    }

    @Test
    void timerThatForgets() {
        Golden.tells("timer-forgotten", ScenarioRunner.of(CRASH), scenario -> {
            List<String> reminded = new ArrayList<>();
            scenario.service("reminder", life -> {
                life.subscribe(
                        "orders",
                        OrderCreated.class,
                        event -> life.after(Duration.ofHours(36), () -> {
                            life.step("SELECT order");
                            life.step("send mail", () -> reminded.add(event.order()));
                        }));
                return life;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            scenario.elapse(Duration.ofHours(36));
            scenario.settle();
            assertThat(reminded).containsExactly("o-1");
        });
    }
}
