package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Measures settled schedules a second on the embedded broker: three messages, an ordinary consumer that commits after its work. */
public final class KafkaBenchmark {

    private static final int ROUNDS = 9;
    private static final int WARM_UP = 20;
    private static final double NANOS = 1e9;
    private static final int FAULTS = 2;

    private KafkaBenchmark() {}

    /** What the consumer does for an order, and what the test asks in the end. */
    private interface Service {

        void reset() throws SQLException;

        void handle(String order) throws SQLException;

        int handled() throws SQLException;
    }

    /**
     * Prints the median rate, with a classic group, with one of the newer protocol, and with a transaction on PostgreSQL for each record.
     *
     * @param arguments none
     * @throws SQLException if PostgreSQL does not answer
     */
    public static void main(String[] arguments) throws SQLException {
        try (Broker broker = Broker.start(name -> Optional.empty());
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                PostgreSql server = PostgreSql.start()) {
            broker.createTopics(Map.of(OrdersConsumer.TOPIC, 1));
            for (String protocol : List.of("classic", "consumer")) {
                print("embedded Kafka, settled, group protocol " + protocol, broker, proxy, protocol, new InMemory());
            }
            server.execute(
                    "CREATE TABLE inbox (id TEXT PRIMARY KEY); CREATE TABLE customer (credit INT); INSERT INTO customer VALUES (0)");
            print("embedded Kafka and PostgreSQL, settled", broker, proxy, "consumer", new OnPostgreSql(server.pool()));
        }
    }

    private static void print(String what, Broker broker, FaultProxy proxy, String protocol, Service service) {
        double straight;
        try (KafkaCluster kafka = cluster(broker)) {
            straight = measure(kafka, broker.bootstrapServers(), protocol, service);
        }
        double behind;
        try (KafkaCluster kafka = cluster(broker)) {
            behind = measure(kafka.behind(proxy), proxy.bootstrapServers(), protocol, service);
        }
        Row.print(
                what + ", behind the proxy",
                Row.perSecond(behind, "schedules"),
                "without it: " + Row.perSecond(straight, "schedules"),
                Row.ratio(behind / straight));
    }

    private static KafkaCluster cluster(Broker broker) {
        return new KafkaCluster(broker.bootstrapServers(), List.of(OrdersConsumer.TOPIC));
    }

    private static double measure(KafkaCluster kafka, String servers, String protocol, Service service) {
        double[] rates = new double[ROUNDS];
        String group = "benchmark-" + protocol + "-" + service.getClass().getSimpleName();
        try (OrdersConsumer listener =
                new OrdersConsumer(servers, group, protocol, order -> service.handle(order.key()))) {
            listener.start();
            ScenarioRunner runner = ScenarioRunner.of(Fault.DUPLICATE)
                    .on(kafka)
                    .within(kafka.bounds().withMaxFaults(FAULTS));
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long began = System.nanoTime();
                Outcome outcome = runner.explore(scenario -> body(scenario, service));
                double seconds = (System.nanoTime() - began) / NANOS;
                if (!(outcome instanceof Outcome.Passed passed)) {
                    throw new IllegalStateException("The body should hold, but: " + outcome);
                }
                if (round >= 0) {
                    rates[round] = passed.claim().runs() / seconds;
                }
            }
        }
        return Row.median(rates);
    }

    private static void body(Scenario scenario, Service service) throws SQLException {
        service.reset();
        MessageChannel orders = scenario.channel(OrdersConsumer.TOPIC);
        orders.send("o-1", "10");
        orders.send("o-2", "20");
        orders.send("o-3", "30");
        scenario.settle();
        if (service.handled() != 3) {
            throw new AssertionError("There are " + service.handled() + " orders.");
        }
    }

    private static final class InMemory implements Service {

        private final Set<String> handled = ConcurrentHashMap.newKeySet();

        @Override
        public void reset() {
            handled.clear();
        }

        @Override
        public void handle(String order) {
            handled.add(order);
        }

        @Override
        public int handled() {
            return handled.size();
        }
    }

    /** An inbox and a sum, in one transaction. */
    private static final class OnPostgreSql implements Service {

        private final DataSource db;

        OnPostgreSql(DataSource db) {
            this.db = db;
        }

        @Override
        public void reset() throws SQLException {
            try (Connection connection = db.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM inbox; UPDATE customer SET credit = 0");
            }
        }

        @Override
        public void handle(String order) throws SQLException {
            try (Connection connection = db.getConnection();
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING");
                    Statement update = connection.createStatement()) {
                connection.setAutoCommit(false);
                insert.setString(1, order);
                if (insert.executeUpdate() == 1) {
                    update.executeUpdate("UPDATE customer SET credit = credit + 1");
                }
                connection.commit();
            }
        }

        @Override
        public int handled() throws SQLException {
            try (Connection connection = db.getConnection();
                    Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("SELECT credit FROM customer")) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
