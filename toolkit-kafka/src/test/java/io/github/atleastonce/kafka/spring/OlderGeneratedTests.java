package io.github.atleastonce.kafka.spring;

import static io.github.atleastonce.schedule.Fault.OLD_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Messages;
import io.github.atleastonce.evolution.AvroArchive;
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
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

/** Events of a class that Avro has generated: no older release's record is one of it, so only a serializer that takes any record writes one. */
class OlderGeneratedTests {

    private static final ClassSecurityPredicate TRUSTED = ClassSecurityValidator.getGlobal();

    /** What an earlier test has archived, in a directory that outlives it. */
    @TempDir
    static Path archived;

    @TempDir
    Path kept;

    /** Avro wants generated classes to be trusted by who uses them. */
    @BeforeAll
    static void trust() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(TRUSTED, type -> type.equals(Paid.class)));
    }

    @AfterAll
    static void trustNoMore() {
        ClassSecurityValidator.setGlobal(TRUSTED);
    }

    private static Schema schema(String more) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Paid\",\"namespace\":\"" + OlderGeneratedTests.class.getName()
                        + "\",\"fields\":[" + more + "{\"name\":\"order\",\"type\":\"string\"}]}");
    }

    private static final Schema OF_THEN = schema("");

    /** As Avro generates it; the means came with version 2, as the first field. */
    public static final class Paid extends SpecificRecordBase {

        private static final long serialVersionUID = 1L;

        public static final Schema SCHEMA$ =
                schema("{\"name\":\"means\",\"type\":\"string\",\"default\":\"unknown\"},");

        private @Nullable CharSequence means;
        private @Nullable CharSequence order;

        /** For Avro. */
        public Paid() {}

        Paid(String order, String means) {
            this.order = order;
            this.means = means;
        }

        @Override
        public Schema getSchema() {
            return SCHEMA$;
        }

        @Override
        public @Nullable Object get(int field) {
            return field == 0 ? means : order;
        }

        @Override
        public void put(int field, Object value) {
            if (field == 0) {
                means = (CharSequence) value;
            } else {
                order = (CharSequence) value;
            }
        }
    }

    private static <T extends IndexedRecord> byte[] encoded(T record) {
        try {
            return new BinaryMessageEncoder<T>(SpecificData.get(), record.getSchema())
                    .encode(record)
                    .array();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Writes any record by its own schema, and says by which one, as serializers with a registry do. */
    public static class AnyRecordSerializer implements Serializer<IndexedRecord> {

        @Override
        public byte[] serialize(String topic, IndexedRecord record) {
            return encoded(record);
        }
    }

    /** Writes payments of today. */
    public static class PaidSerializer implements Serializer<Paid> {

        @Override
        public byte[] serialize(String topic, Paid paid) {
            return encoded(paid);
        }
    }

    /** Reads whatever release has written a payment, into the class of today. */
    public static class PaymentReader implements Deserializer<Paid> {

        @Override
        public Paid deserialize(String topic, byte[] bytes) {
            var decoder = new BinaryMessageDecoder<Paid>(SpecificData.get(), Paid.SCHEMA$);
            decoder.addSchema(OF_THEN);
            try {
                return decoder.decode(bytes);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /** Books payments, and sends them for orders. */
    static class Cashier {

        private final KafkaTemplate<String, Paid> payments;
        private final List<String> booked = new CopyOnWriteArrayList<>();
        private String meansOfOldOnes = "";

        Cashier(KafkaTemplate<String, Paid> payments) {
            this.payments = payments;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "texts")
        public void order(ConsumerRecord<String, String> order) throws Exception {
            payments.send("paid", order.key(), new Paid(order.key(), "card")).get();
        }

        @KafkaListener(topics = "paid", groupId = "books", containerFactory = "paid")
        public void paid(ConsumerRecord<String, Paid> record) {
            String means = String.valueOf(record.value().means);
            booked.add(record.value().order + " " + (means.equals("unknown") ? meansOfOldOnes : means));
        }
    }

    @EnableKafka
    abstract static class Beans {

        abstract Class<?> serializer();

        @Bean
        KafkaTemplate<String, Paid> payments() {
            return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    System.getProperty("spring.kafka.bootstrap-servers"),
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    StringSerializer.class,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                    serializer())));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, Object> texts() {
            return listening(StringDeserializer.class);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, Object> paid() {
            return listening(PaymentReader.class);
        }

        @Bean
        Cashier cashier(KafkaTemplate<String, Paid> payments) {
            return new Cashier(payments);
        }

        private static ConcurrentKafkaListenerContainerFactory<String, Object> listening(Class<?> deserializer) {
            Map<String, Object> consuming = new HashMap<>();
            consuming.put(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            consuming.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            consuming.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, deserializer);
            var factory = new ConcurrentKafkaListenerContainerFactory<String, Object>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consuming));
            return factory;
        }
    }

    @Configuration
    static class WithARegistry extends Beans {

        @Override
        Class<?> serializer() {
            return AnyRecordSerializer.class;
        }
    }

    @Configuration
    static class OfOneClass extends Beans {

        @Override
        Class<?> serializer() {
            return PaidSerializer.class;
        }
    }

    private static AvroArchive archive() {
        try {
            Path folder = Files.createDirectories(archived.resolve("Paid"));
            Files.writeString(folder.resolve("v1.avsc"), OF_THEN.toString());
            Files.writeString(folder.resolve("v2.avsc"), Paid.SCHEMA$.toString());
            return AvroArchive.at(folder.toString());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "paid")})
    abstract static class PayingTestCase {

        @Autowired
        Cashier cashier;

        @BeforeEach
        void reset() {
            cashier.booked.clear();
        }

        void books(Scenario scenario, String meansOfOldOnes) {
            cashier.meansOfOldOnes = meansOfOldOnes;
            archive().olderReleasesSendTo(scenario, "paid");
            scenario.channel("orders").send("o-1", "order");
            scenario.settle();
            assertThat(cashier.booked).containsExactly("o-1 card");
        }

        @FaultTest(faults = OLD_SCHEMA)
        void theTestSends(Scenario scenario) {
            cashier.meansOfOldOnes = "card";
            archive().olderReleasesSendTo(scenario, "paid");
            scenario.channel("paid").send("o-1", new Paid("o-1", "card"));
            scenario.settle();
            assertThat(cashier.booked).containsExactly("o-1 card");
            assertThat(Messages.of(scenario, "paid")).payloads().containsExactly(new Paid("o-1", "card"));
        }
    }

    @SpringJUnitConfig(WithARegistry.class)
    @DirtiesContext
    static class RegistryTestCase extends PayingTestCase {

        @FaultTest(faults = OLD_SCHEMA)
        void breaksWhoDoesNotExpectThem(Scenario scenario) {
            books(scenario, "none");
        }

        @FaultTest(faults = OLD_SCHEMA)
        void areExpected(Scenario scenario) {
            books(scenario, "card");
            assertThat(Messages.of(scenario, "paid")).payloads().containsExactly(new Paid("o-1", "card"));
        }
    }

    @Test
    void aSerializerOfAnyRecordWritesOldOnes() {
        Map<String, String> told = Told.named(RegistryTestCase.class, kept);

        assertThat(told.get("breaksWhoDoesNotExpectThem"))
                .contains("✗ OLD_SCHEMA: Paid(o-1) written as v1, by a release before today's")
                .contains("o-1 none");
        assertThat(told.get("areExpected")).startsWith("Holds under every schedule with ≤ ");
        assertThat(told.get("theTestSends")).startsWith("Holds under every schedule with ≤ ");
    }

    @SpringJUnitConfig(OfOneClass.class)
    @DirtiesContext
    static class OneClassTestCase extends PayingTestCase {

        @FaultTest(faults = OLD_SCHEMA)
        void whatIsNotTriedIsSaid(Scenario scenario) {
            books(scenario, "none");
        }
    }

    @Test
    void aSerializerOfOneClassIsNotGivenAnother() {
        Map<String, String> told = Told.named(OneClassTestCase.class, kept);

        assertThat(told.get("whatIsNotTriedIsSaid"))
                .doesNotContain("Fails under")
                .contains(
                        "Older versions of Paid, sent to 'paid', not tried: the producer's serializer writes none by another schema");
        assertThat(told.get("theTestSends"))
                .doesNotContain("Fails under")
                .contains("OLD_SCHEMA has no serializer that writes Paid(o-1), sent to 'paid', by an older schema");
    }
}
