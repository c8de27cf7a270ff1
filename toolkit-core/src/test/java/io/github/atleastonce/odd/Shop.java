package io.github.atleastonce.odd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import javax.sql.DataSource;

/**
 * The ordinary around what is odd: the run, a database with a credit of 100, and orders that are to take 50 of it.
 *
 * @param scenario the run
 * @param db the database, which outlives it
 */
record Shop(Scenario scenario, Database db) {

    private static final int LEFT = 50;

    /** Makes the handler of one life, given the data source of that life. */
    @FunctionalInterface
    interface Boot {
        Handler<Order> handler(Life life, DataSource db) throws Exception;
    }

    /** Makes a service in one life. */
    @FunctionalInterface
    interface Start {
        void start(Life life) throws Exception;
    }

    /** Boots a service whose boot may throw what is checked. */
    void service(String name, Start start) {
        scenario.service(name, life -> {
            try {
                start.start(life);
            } catch (RuntimeException | Error failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
            return life;
        });
    }

    /** Boots the shop, over pooled connections, and lets it handle one order. */
    void reserves(Boot boot) {
        reserves(db.pool(), boot);
    }

    /** Boots the shop, over a data source of its own, and lets it handle one order. */
    void reserves(DataSource bare, Boot boot) {
        subscribe(bare, boot);
        send(new Order(1, LEFT));
        scenario.settle();
        reserved();
    }

    /** Boots the shop, over pooled connections, and lets it handle two orders, which may come at the same time. */
    void reservesBoth(Boot boot) {
        subscribe(db.pool(), boot);
        sendOrders();
        scenario.settle();
        reserved();
    }

    private void subscribe(DataSource bare, Boot boot) {
        declare("orders");
        service("shop", life -> life.subscribe("orders", Order.class, boot.handler(life, life.dataSource(bare))));
    }

    /** Two keys in two partitions; what cannot be read has a place to go. */
    void declare(String channel) {
        scenario.channel(channel, ChannelOptions.partitions(2).deadLetter(channel + ".dead"));
    }

    void sendOrders() {
        send(new Order(1, 30));
        send(new Order(2, 20));
    }

    void send(Order order) {
        scenario.channel("orders").send(order.id(), order);
    }

    /** Claims that the orders took their effect once. */
    void reserved() {
        assertThat(credit()).isEqualTo(LEFT);
    }

    long credit() {
        return db.query("SELECT credit FROM account WHERE id = 1");
    }
}
