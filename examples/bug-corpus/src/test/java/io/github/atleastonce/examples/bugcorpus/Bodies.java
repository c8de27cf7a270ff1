package io.github.atleastonce.examples.bugcorpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.check.Outbox;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.sql.DataSource;

/** The test bodies, each for a bug and its twin alike. */
public final class Bodies {

    /** What is booted with a database alone. */
    public interface Plain<T> extends Function<Database, T> {}

    /** What is booted with its life, too. */
    public interface Living<T> extends BiFunction<Life, Database, T> {}

    private static final Order ORDER = new Order("o-1", "c-1", 30);

    private Bodies() {}

    /** One order is reserved once. */
    public static Bug.Body reserve(Plain<Consumer> make) {
        return (scenario, db) -> {
            consumer(scenario, db, (life, own) -> make.apply(own));
            scenario.channel("orders").send("o-1", ORDER);
            scenario.settle();
            assertThat(credit(db)).isEqualTo(70);
        };
    }

    /** One order is reserved once, and nothing needs a person to look at it. */
    public static Bug.Body reserveWithoutDeadLetters(Plain<Consumer> make) {
        return (scenario, db) -> {
            scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("dead"));
            consumer(scenario, db, (life, own) -> make.apply(own));
            scenario.channel("orders").send("o-1", ORDER);
            scenario.settle();
            assertThat(credit(db)).isEqualTo(70);
            assertThat(scenario.history().of(Event.DeadLettered.class)).isEmpty();
        };
    }

    /** One order is reserved once, however much time passes. */
    public static Bug.Body reserveAndWait(Living<Consumer> make) {
        return (scenario, db) -> {
            consumer(scenario, db, make);
            scenario.channel("orders").send("o-1", ORDER);
            scenario.settle();
            scenario.elapse(Duration.ofHours(2));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(70);
        };
    }

    /** Two orders of one customer are both reserved. */
    public static Bug.Body reserveTwice(Plain<Consumer> make) {
        return (scenario, db) -> {
            scenario.channel("orders", ChannelOptions.partitions(2));
            consumer(scenario, db, (life, own) -> make.apply(own));
            scenario.channel("orders").send("o-1", ORDER);
            scenario.channel("orders").send("o-2", new Order("o-2", "c-1", 30));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(40);
        };
    }

    /** The highest version stays. */
    public static Bug.Body followVersions(Plain<Consumer> make) {
        return (scenario, db) -> {
            consumer(scenario, db, (life, own) -> make.apply(own));
            scenario.channel("orders").send("c-1", new Order("v-1", "c-1", 101));
            scenario.channel("orders").send("c-1", new Order("v-2", "c-1", 102));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(102);
        };
    }

    /** The highest version stays, whatever is tried again; none comes late by the broker's fault. */
    public static Bug.Body followVersionsWithRetries(Living<Consumer> make) {
        return (scenario, db) -> {
            reset(scenario, db);
            scenario.channel("orders", ChannelOptions.DEFAULT.withoutStaleDuplicates());
            scenario.service("customers", life -> {
                Consumer consumer = make.apply(life, new Database(life.dataSource(db)));
                life.subscribe("orders", Order.class, consumer::on);
                life.subscribe("retries", Order.class, consumer::on);
                return consumer;
            });
            scenario.channel("orders").send("c-1", new Order("v-1", "c-1", 101));
            scenario.channel("orders").send("c-1", new Order("v-2", "c-1", 102));
            scenario.settle();
            assertThat(credit(db)).isEqualTo(102);
        };
    }

    /** Two groups reserve each order, each once. */
    public static Bug.Body reserveInTwoGroups(BiFunction<String, Database, Consumer> make) {
        return (scenario, db) -> {
            reset(scenario, db);
            scenario.reset(() -> new Database(db).update("INSERT INTO customer VALUES ('c-2', 100)"));
            for (String group : List.of("c-1", "c-2")) {
                scenario.service(group, life -> {
                    Consumer consumer = make.apply(group, new Database(life.dataSource(db)));
                    life.subscribe("orders", Order.class, consumer::on);
                    return consumer;
                });
            }
            scenario.channel("orders").send("o-1", ORDER);
            scenario.settle();
            assertThat(new Database(db).ints("SELECT credit FROM customer")).containsExactly(70, 70);
        };
    }

    /** One order is charged once by a third party that knows charges by their ids. */
    public static Bug.Body charge(Living<Consumer> make) {
        return (scenario, db) -> {
            Set<String> charges = new HashSet<>();
            scenario.reset(() -> new Database(db).query("SELECT setval('charge_id', 1, FALSE)"));
            consumer(scenario, db, make);
            scenario.consumer("payments", "charges", Order.class, charge -> charges.add(charge.id()));
            scenario.channel("orders").send("o-1", ORDER);
            scenario.settle();
            assertThat(charges).hasSize(1);
        };
    }

    /** An order is placed; others hear of it if and only if it was. */
    public static Bug.Body placeOne(Living<Shop> make) {
        return (scenario, db) -> {
            reset(scenario, db);
            var shop = scenario.service("orders", life -> shop(life, db, make));
            scenario.attempt(shop, present -> present.place(ORDER));
            assertThat(Outbox.of(scenario, "events"))
                    .publishesOnlyCommitted(() -> orders(db), Order::id)
                    .publishesEveryCommitted(() -> orders(db), Order::id);
        };
    }

    /** Two orders are placed; others hear of both, and of nothing else, in their order. */
    public static Bug.Body place(Living<Shop> make) {
        return (scenario, db) -> {
            reset(scenario, db);
            var shop = scenario.service("orders", life -> shop(life, db, make));
            scenario.attempt(shop, present -> present.place(ORDER));
            scenario.attempt(shop, present -> present.place(new Order("o-2", "c-1", 30)));
            assertThat(Outbox.of(scenario, "events"))
                    .publishesOnlyCommitted(() -> orders(db), Order::id)
                    .publishesEveryCommitted(() -> orders(db), Order::id)
                    .keepsOrderPer((Order event) -> "o", Order::id);
        };
    }

    /** Two orders are placed by command, at the same time perhaps; others hear of both. */
    public static Bug.Body placeOnCommand(Living<Shop> make) {
        return (scenario, db) -> {
            command(scenario, db, make);
            assertThat(orders(db)).hasSize(2);
            assertThat(Outbox.of(scenario, "events")).publishesEveryCommitted(() -> orders(db), Order::id);
        };
    }

    /** Two changes are published, none of them late by the broker's fault; who follows them ends with the last one that was committed. */
    public static Bug.Body placeAndFollow(Living<Shop> make) {
        return (scenario, db) -> {
            int[] seen = new int[1];
            reset(scenario, db);
            scenario.channel("events", ChannelOptions.DEFAULT.withoutStaleDuplicates());
            scenario.consumer("follower", "events", Order.class, event -> seen[0] = event.amount());
            var shop = scenario.service("orders", life -> shop(life, db, make));
            scenario.attempt(shop, present -> present.place(ORDER));
            scenario.attempt(shop, present -> present.place(new Order("o-2", "c-1", 30)));
            scenario.settle();
            assertThat(List.of(seen[0])).isEqualTo(new Database(db).ints("SELECT coalesce(max(id), 0) FROM outbox"));
        };
    }

    /** Two equal events are published, each of them. */
    public static Bug.Body ping(Living<Shop> make) {
        return (scenario, db) -> {
            reset(scenario, db);
            var shop = scenario.service("orders", life -> shop(life, db, make));
            scenario.attempt(shop, present -> present.place(ORDER));
            scenario.attempt(shop, present -> present.place(ORDER));
            scenario.settle();
            int committed = new Database(db).ints("SELECT count(*) FROM outbox").get(0);
            assertThat(scenario.history().of(Event.Sent.class).count()).isGreaterThanOrEqualTo(committed);
        };
    }

    private static void command(Scenario scenario, DataSource db, Living<Shop> make) {
        scenario.channel("commands", ChannelOptions.partitions(2));
        reset(scenario, db);
        scenario.service("orders", life -> {
            Shop shop = shop(life, db, make);
            life.subscribe("commands", Order.class, shop::place);
            return shop;
        });
        scenario.channel("commands").send("o-1", ORDER);
        scenario.channel("commands").send("o-2", new Order("o-2", "c-1", 30));
        scenario.settle();
    }

    private static Shop shop(Life life, DataSource db, Living<Shop> make) {
        Shop shop = make.apply(life, new Database(life.dataSource(db)));
        life.poll("relay", () -> {
            try {
                return shop.relay();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
        return shop;
    }

    private static void consumer(Scenario scenario, DataSource db, Living<Consumer> make) {
        reset(scenario, db);
        scenario.service("customers", life -> {
            Consumer consumer = make.apply(life, new Database(life.dataSource(db)));
            life.subscribe("orders", Order.class, consumer::on);
            return consumer;
        });
    }

    private static void reset(Scenario scenario, DataSource db) {
        scenario.reset(() -> {
            Database database = new Database(db);
            database.update("DELETE FROM customer; DELETE FROM inbox; DELETE FROM marker; DELETE FROM claim; "
                    + "DELETE FROM orders; DELETE FROM outbox; DELETE FROM relay; "
                    + "INSERT INTO customer VALUES ('c-1', 100); INSERT INTO relay VALUES (0)");
            database.query("SELECT setval('outbox_id_seq', 1, FALSE)");
        });
    }

    private static int credit(DataSource db) throws SQLException {
        return new Database(db).ints("SELECT credit FROM customer").get(0);
    }

    private static List<String> orders(DataSource db) {
        return new Database(db).strings("SELECT id FROM orders");
    }
}
