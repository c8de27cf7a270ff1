package io.github.atleastonce.kafka.spring;

import static io.github.atleastonce.schedule.Fault.OLD_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.atleastonce.check.Messages;
import io.github.atleastonce.evolution.AvroArchive;
import io.github.atleastonce.evolution.EventArchive;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Events that an application sends by producers of its own, written by a release of it before today's; what is read of them is expected, or not. */
class OlderSendsTests {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What an earlier test has archived, in a directory that outlives it. */
    @TempDir
    static Path archived;

    @TempDir
    Path kept;

    /** The currency came with version 2. */
    record Placed(String orderId, @Nullable String currency) {}

    private static final Schema WITHOUT_CURRENCY = schema("");

    private static Schema currency(String ofOldOnes) {
        return schema(",{\"name\":\"currency\",\"type\":\"string\",\"default\":\"" + ofOldOnes + "\"}");
    }

    private static Schema schema(String more) {
        return new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"PlacedRecord\",\"namespace\":\"shop\",\"fields\":[{\"name\":\"orderId\",\"type\":\"string\"}"
                                + more + "]}");
    }

    /** Says with each record by which schema it was written, as serializers with a registry do: in the encoding for single objects. */
    public static class SingleObjectSerializer implements Serializer<GenericRecord> {

        @Override
        public byte[] serialize(String topic, GenericRecord record) {
            try {
                return new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema())
                        .encode(record)
                        .array();
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }

    /** A shop that sends what it was ordered, and books what it has sent. */
    static class Shop {

        private final KafkaTemplate<String, Object> objects;
        private final KafkaTemplate<String, String> texts;
        private final KafkaTemplate<String, Object> transactions;
        private final KafkaTemplate<String, GenericRecord> records;
        private final List<String> booked = new CopyOnWriteArrayList<>();
        private String currencyOfOldOnes = "";

        Shop(
                KafkaTemplate<String, Object> objects,
                KafkaTemplate<String, String> texts,
                KafkaTemplate<String, Object> transactions,
                KafkaTemplate<String, GenericRecord> records) {
            this.objects = objects;
            this.texts = texts;
            this.transactions = transactions;
            this.records = records;
        }

        @KafkaListener(topics = "orders", groupId = "shop")
        public void order(ConsumerRecord<String, String> order) throws Exception {
            Placed placed = new Placed(order.key(), "EUR");
            switch (order.value()) {
                case "object" -> objects.send("placed", order.key(), placed).get();
                case "text" ->
                    texts.send("texts", order.key(), MAPPER.writeValueAsString(placed))
                            .get();
                case "transaction" ->
                    transactions.executeInTransaction(template -> template.send("placed", order.key(), placed));
                case "record" ->
                    records.executeInTransaction(template -> template.send(
                            "records",
                            order.key(),
                            new GenericRecordBuilder(currency("EUR"))
                                    .set("orderId", order.key())
                                    .set("currency", "EUR")
                                    .build()));
                default -> throw new IllegalArgumentException(order.value());
            }
        }

        /** The deserializer takes the type from the header that the serializer of today adds. */
        @KafkaListener(topics = "placed", groupId = "books", containerFactory = "json")
        public void placed(ConsumerRecord<String, Placed> record) {
            Placed placed = record.value();
            book(placed.orderId(), placed.currency());
        }

        @KafkaListener(topics = "texts", groupId = "reader")
        public void text(ConsumerRecord<String, String> record) throws IOException {
            JsonNode placed = MAPPER.readTree(record.value());
            book(placed.get("orderId").asText(), placed.path("currency").asText(null));
        }

        /** Its schema gives those without a currency the default of today. */
        @KafkaListener(topics = "records", groupId = "ledger", containerFactory = "bytes")
        public void record(ConsumerRecord<String, byte[]> record) throws IOException {
            var decoder = new BinaryMessageDecoder<GenericRecord>(GenericData.get(), currency(currencyOfOldOnes));
            decoder.addSchema(WITHOUT_CURRENCY);
            decoder.addSchema(currency("EUR"));
            GenericRecord placed = decoder.decode(record.value());
            book(placed.get("orderId").toString(), placed.get("currency").toString());
        }

        private void book(String order, @Nullable String currency) {
            booked.add(order + " " + (currency == null ? currencyOfOldOnes : currency));
        }
    }

    @Configuration
    @EnableKafka
    static class Beans {

        private static final String JSON = "org.springframework.kafka.support.serializer.Json";

        @Bean
        KafkaTemplate<String, Object> objects() {
            return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(sending(JSON + "Serializer")));
        }

        @Bean
        KafkaTemplate<String, String> texts() {
            return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(sending(StringSerializer.class.getName())));
        }

        @Bean
        KafkaTemplate<String, Object> transactions() {
            var factory = new DefaultKafkaProducerFactory<String, Object>(sending(JSON + "Serializer"));
            factory.setTransactionIdPrefix("shop-");
            return new KafkaTemplate<>(factory);
        }

        @Bean
        KafkaTemplate<String, GenericRecord> records() {
            var factory = new DefaultKafkaProducerFactory<String, GenericRecord>(
                    sending(SingleObjectSerializer.class.getName()));
            factory.setTransactionIdPrefix("ledger-");
            return new KafkaTemplate<>(factory);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, Object> bytes() {
            return listening(ByteArrayDeserializer.class.getName());
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, Object> kafkaListenerContainerFactory() {
            return listening(StringDeserializer.class.getName());
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, Object> json() {
            return listening(JSON + "Deserializer");
        }

        @Bean
        Shop shop(
                KafkaTemplate<String, Object> objects,
                KafkaTemplate<String, String> texts,
                KafkaTemplate<String, Object> transactions,
                KafkaTemplate<String, GenericRecord> records) {
            return new Shop(objects, texts, transactions, records);
        }

        private static Map<String, Object> sending(String serializer) {
            Map<String, Object> sending = new HashMap<>();
            sending.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            sending.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
            sending.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, serializer);
            return sending;
        }

        private static ConcurrentKafkaListenerContainerFactory<String, Object> listening(String deserializer) {
            Map<String, Object> consuming = new HashMap<>();
            consuming.put(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            consuming.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            consuming.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, deserializer);
            consuming.put("spring.json.trusted.packages", "*");
            var factory = new ConcurrentKafkaListenerContainerFactory<String, Object>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consuming));
            return factory;
        }
    }

    private static EventArchive placed() {
        try {
            Path folder = Files.createDirectories(archived.resolve("Placed"));
            Files.writeString(folder.resolve("v1.json"), "{\"orderId\":\"o-0\"}");
            Files.writeString(folder.resolve("v2.json"), "{\"orderId\":\"o-0\",\"currency\":\"USD\"}");
            return EventArchive.at(folder.toString())
                    .writtenBy(MAPPER::writeValueAsBytes, new Placed("o-0", "USD"))
                    .readBy(bytes -> MAPPER.readValue(bytes, Placed.class));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static AvroArchive placedRecord() {
        try {
            Path folder = Files.createDirectories(archived.resolve("PlacedRecord"));
            Files.writeString(folder.resolve("v1.avsc"), WITHOUT_CURRENCY.toString());
            Files.writeString(folder.resolve("v2.avsc"), currency("EUR").toString());
            return AvroArchive.at(folder.toString());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @SpringJUnitConfig(Beans.class)
    @KafkaBroker(
            topics = {@Topic(name = "orders"), @Topic(name = "placed"), @Topic(name = "texts"), @Topic(name = "records")
            })
    @DirtiesContext
    static class SendingTestCase {

        @Autowired
        Shop shop;

        @BeforeEach
        void reset() {
            shop.booked.clear();
        }

        /** Has orders of some kinds booked by a service that takes old events for ones in a currency. */
        private void books(Scenario scenario, String currencyOfOldOnes, String... kinds) {
            shop.currencyOfOldOnes = currencyOfOldOnes;
            placed().olderReleasesSendTo(scenario, "placed");
            placed().olderReleasesSendTo(scenario, "texts");
            placedRecord().olderReleasesSendTo(scenario, "records");
            for (String kind : kinds) {
                scenario.channel("orders").send(kind, kind);
            }
            scenario.settle();
            assertThat(shop.booked)
                    .containsExactlyInAnyOrder(
                            Stream.of(kinds).map(kind -> kind + " EUR").toArray(String[]::new));
        }

        @FaultTest(faults = OLD_SCHEMA)
        void objectsBreakWhoDoesNotExpectThem(Scenario scenario) {
            books(scenario, "none", "object");
        }

        @FaultTest(faults = OLD_SCHEMA)
        void textsBreakWhoDoesNotExpectThem(Scenario scenario) {
            books(scenario, "none", "text");
        }

        @FaultTest(faults = OLD_SCHEMA)
        void recordsInATransactionBreakWhoDoesNotExpectThem(Scenario scenario) {
            books(scenario, "none", "record");
        }

        @FaultTest(faults = OLD_SCHEMA, maxFaults = 1)
        void areExpected(Scenario scenario) {
            books(scenario, "EUR", "object", "text", "record");
            assertThat(Messages.of(scenario, "placed")).payloads().containsExactly(new Placed("object", "EUR"));
        }

        @FaultTest(faults = OLD_SCHEMA)
        void theTestLetsTheApplicationSend(Scenario scenario) {
            shop.currencyOfOldOnes = "none";
            placed().olderReleasesSendTo(scenario, "placed");
            shop.objects.send("placed", "o-1", new Placed("o-1", "EUR")).join();
            scenario.settle();
            assertThat(shop.booked).containsExactly("o-1 EUR");
        }

        /** Bytes cannot take the place of an object in a transaction, which is said. */
        @FaultTest(faults = OLD_SCHEMA)
        void objectsInATransaction(Scenario scenario) {
            shop.currencyOfOldOnes = "none";
            placed().olderReleasesSendTo(scenario, "placed");
            scenario.channel("orders").send("o-1", "transaction");
            scenario.channel("placed").send("o-2", new Placed("o-2", "EUR"));
            scenario.settle();
            assertThat(shop.booked).contains("o-1 EUR");
        }
    }

    @Test
    void isWrittenByAReleaseBeforeTodays() {
        Map<String, String> told = Told.named(SendingTestCase.class, kept);

        assertThat(told.get("objectsBreakWhoDoesNotExpectThem"))
                .contains("Fails under 1 fault.")
                .contains("✗ OLD_SCHEMA: Placed(object) written as v1, by a release before today's")
                .contains("object none")
                .contains("1:old_schema(shop<orders[k1]/send placed,v1)");
        assertThat(told.get("textsBreakWhoDoesNotExpectThem"))
                .contains("text none")
                .contains("1:old_schema(shop<orders[k1]/send texts,v1)");
        assertThat(told.get("recordsInATransactionBreakWhoDoesNotExpectThem"))
                .contains("record none")
                .contains("1:old_schema(shop<orders[k1]/send records,v1)");
        assertThat(told.get("areExpected")).startsWith("Holds under every schedule with ≤ 1 fault (4 runs)");
        assertThat(told.get("theTestLetsTheApplicationSend")).contains("1:old_schema(body/send placed,v1)");
        assertThat(told.get("objectsInATransaction"))
                .startsWith("Holds under every schedule")
                .contains(
                        "older versions of Placed, sent to 'placed', not tried: objects are sent in a transaction of Kafka");
    }
}
