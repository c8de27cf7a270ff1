package io.github.atleastonce.examples.bugcorpus;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.scenario.Scenario;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import javax.sql.DataSource;

/** Where the pairs play that have a file of their own: one service on a database that was emptied. */
public final class Stage {

    /** Boots a service, and plugs it into the world. */
    @FunctionalInterface
    public interface Boot<T> {

        /** Makes the service of a life. */
        T of(Life life, Database db) throws Exception;
    }

    /** What a test does and asserts, once the service is up; the database is one that no fault touches. */
    @FunctionalInterface
    public interface Script<T> {

        /** Plays the body to its end. */
        void play(Scenario scenario, Service<T> service, Database db) throws Exception;
    }

    /** Looks for work, and says whether there was any. */
    @FunctionalInterface
    public interface Tick {

        /** Looks once. */
        boolean tick() throws Exception;
    }

    /** Handles a message, on the database of its life. */
    @FunctionalInterface
    public interface Handling<M> {

        /** Handles one. */
        void on(Database db, M message) throws Exception;
    }

    private Stage() {}

    /** Boots a service named {@code shop}, and plays a script. */
    public static <T> Bug.Body of(Boot<T> boot, Script<T> script) {
        return (scenario, db) -> {
            empty(scenario, db);
            script.play(scenario, scenario.service("shop", life -> boot(life, db, boot)), new Database(db));
        };
    }

    /** Boots a service that takes what there is on the channel {@code orders}, and plays a script. */
    public static Bug.Body consumer(Boot<Consumer> boot, Script<Consumer> script) {
        return of(
                (life, db) -> {
                    Consumer consumer = boot.of(life, db);
                    life.subscribe("orders", Order.class, consumer::on);
                    return consumer;
                },
                script);
    }

    /** Boots a service that keeps nothing in memory, and takes what there is on the channel {@code orders}. */
    public static Bug.Body orders(Handling<Order> handling, Script<Database> script) {
        return of(
                (life, db) -> {
                    life.subscribe("orders", Order.class, order -> handling.on(db, order));
                    return db;
                },
                script);
    }

    /** Boots a service that keeps nothing in memory, and takes what there is on the channels {@code snapshots} and {@code changes}. */
    public static Bug.Body changes(Handling<Change> handling, Script<Database> script) {
        return of(
                (life, db) -> {
                    life.subscribe("snapshots", Change.class, change -> handling.on(db, change));
                    life.subscribe("changes", Change.class, change -> handling.on(db, change));
                    return db;
                },
                script);
    }

    /** Boots a shop with a relay that is ticked, and plays a script. */
    public static Bug.Body shop(Boot<Shop> boot, Script<Shop> script) {
        return of(
                (life, db) -> {
                    Shop shop = boot.of(life, db);
                    poll(life, "relay", shop::relay);
                    return shop;
                },
                script);
    }

    /** Declares what a channel is like before a body begins. */
    public static Bug.Body with(String channel, ChannelOptions options, Bug.Body body) {
        return (scenario, db) -> {
            scenario.channel(channel, options);
            body.perform(scenario, db);
        };
    }

    /** Boots two nodes of a service, and plays a script on the first of them. */
    public static <T> Bug.Body nodes(Boot<T> boot, Script<T> script) {
        return (scenario, db) -> {
            empty(scenario, db);
            var nodes = scenario.nodes("shop", 2, life -> boot(life, db, boot));
            script.play(scenario, nodes.get(0), new Database(db));
        };
    }

    /** Lets a service look for work. */
    public static void poll(Life life, String name, Tick tick) {
        life.poll(name, () -> {
            try {
                return tick.tick();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    /** Returns an order over 30 of the first customer, who can afford 100. */
    public static Order order(int number) {
        return new Order("o-" + number, "c-1", 30);
    }

    /** Sends orders, each under a key of its own. */
    public static void send(Scenario scenario, Order... orders) {
        for (Order order : orders) {
            scenario.channel("orders").send(order.id(), order);
        }
    }

    /** Has as many partitions as there are keys, so that nobody waits for anybody. */
    public static ChannelOptions twoPartitions() {
        return ChannelOptions.partitions(2);
    }

    /** Returns the time of a life, some time from now. */
    public static Timestamp in(Duration time, Life life) {
        return new Timestamp(life.clock().millis() + time.toMillis());
    }

    /** Returns what is left of the credit of the first customer. */
    public static int credit(Database db) throws SQLException {
        return db.ints("SELECT credit FROM customer").get(0);
    }

    private static <T> T boot(Life life, DataSource db, Boot<T> boot) {
        try {
            return boot.of(life, new Database(life.dataSource(db)));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void empty(Scenario scenario, DataSource db) {
        scenario.reset(() -> {
            Database database = new Database(db);
            database.update("DELETE FROM customer; DELETE FROM inbox; DELETE FROM claim; DELETE FROM orders; "
                    + "DELETE FROM outbox; DELETE FROM relay; DELETE FROM item; DELETE FROM job; DELETE FROM note; "
                    + "INSERT INTO customer VALUES ('c-1', 100); INSERT INTO relay VALUES (0)");
            database.query("SELECT setval('outbox_id_seq', 1, FALSE)");
        });
    }
}
