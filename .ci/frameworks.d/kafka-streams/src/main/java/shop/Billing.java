package shop;

import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** Sends an invoice for each order, and adds up what each customer owes. */
public final class Billing implements AutoCloseable {

    private final KafkaStreams streams;

    public Billing(Properties properties) {
        this.streams = new KafkaStreams(topology(), properties);
        streams.start();
    }

    /** Orders are "customer:amount". */
    private static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> orders = builder.stream("orders", Consumed.with(Serdes.String(), Serdes.String()));
        orders.mapValues(order -> "invoice for " + order).to("invoices", Produced.with(Serdes.String(), Serdes.String()));
        orders.map((id, order) -> KeyValue.pair(order.split(":")[0], Integer.valueOf(order.split(":")[1])))
                .groupByKey(Grouped.with("by-customer", Serdes.String(), Serdes.Integer()))
                .reduce(Integer::sum, Materialized.as("totals"));
        return builder.build();
    }

    /** Returns what a customer owes. */
    public int total(String customer) {
        Integer total = streams.store(StoreQueryParameters.fromNameAndType(
                        "totals", QueryableStoreTypes.<String, Integer>keyValueStore()))
                .get(customer);
        return total == null ? 0 : total;
    }

    @Override
    public void close() {
        streams.close();
    }
}
