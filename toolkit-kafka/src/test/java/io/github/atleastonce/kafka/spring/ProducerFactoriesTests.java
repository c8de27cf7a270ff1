package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.core.RoutingKafkaTemplate;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The factories and templates that contexts have: each takes steps once, and none keeps its context from starting. */
@SpringJUnitConfig
class ProducerFactoriesTests {

    @Configuration
    static class Beans {

        @Bean
        ProducerFactory<Object, Object> shared() {
            Map<String, Object> settings =
                    new HashMap<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1"));
            settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
            settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
            return new DefaultKafkaProducerFactory<>(settings);
        }

        @Bean
        KafkaTemplate<Object, Object> sharing(ProducerFactory<Object, Object> shared) {
            return new KafkaTemplate<>(shared);
        }

        @Bean
        KafkaTemplate<Object, Object> overriding(ProducerFactory<Object, Object> shared) {
            return new KafkaTemplate<>(shared, Map.of(ProducerConfig.LINGER_MS_CONFIG, 5));
        }

        @Bean
        KafkaTemplate<Object, Object> own() {
            return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of()));
        }

        @Bean
        RoutingKafkaTemplate routing(ProducerFactory<Object, Object> shared) {
            return new RoutingKafkaTemplate(new LinkedHashMap<>(Map.of(Pattern.compile(".*"), shared)));
        }

        /** As a mock does, it knows no factory. */
        @Bean
        KafkaTemplate<Object, Object> mocked(ProducerFactory<Object, Object> shared) {
            return new KafkaTemplate<>(shared) {
                @Override
                @SuppressWarnings("NullAway")
                public ProducerFactory<Object, Object> getProducerFactory() {
                    return null;
                }
            };
        }

        /** Some use producers without a template. */
        @Bean
        ProducerFactory<String, String> alone() {
            return new DefaultKafkaProducerFactory<>(Map.of());
        }

        @Bean
        ProducerFactory<String, String> foreign() {
            return () -> new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());
        }
    }

    @Autowired
    ApplicationContext context;

    @Test
    void eachTakesStepsOnce() {
        for (String name : List.of("sharing", "overriding", "own")) {
            KafkaTemplate<?, ?> template = context.getBean(name, KafkaTemplate.class);
            List<?> processors = template.getProducerFactory().getPostProcessors();
            assertThat(processors).as(name).singleElement().isInstanceOf(ProducerSteps.class);
        }
        List<?> alone = ((DefaultKafkaProducerFactory<?, ?>) context.getBean("alone")).getPostProcessors();
        assertThat(alone).singleElement().isInstanceOf(ProducerSteps.class);
    }

    @Test
    void outsideOfRunsAProducerIsAsItWas() {
        Producer<String, String> bare = new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());
        List<String> calls = new ArrayList<>();
        Producer<String, String> seen = ClientProxy.over(Producer.class, bare, call -> {
            calls.add(call.name());
            return call.proceed();
        });

        seen.flush();

        assertThat(calls).containsExactly("flush");
        assertThatThrownBy(seen::beginTransaction).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasNotAcknowledgedTurnsOutLater() {
        UnacknowledgedSend send = new UnacknowledgedSend("orders");
        List<Exception> told = new ArrayList<>();

        send.tell((metadata, failure) -> {
            assertThat(metadata.hasOffset()).isFalse();
            told.add(failure);
            throw new IllegalStateException("The client ignores this.");
        });

        assertThat(told).singleElement().isInstanceOf(TimeoutException.class);
        assertThat(send.isDone()).isFalse();
        assertThat(send.isDone()).isTrue();
        assertThat(send.isCancelled()).isFalse();
        assertThatThrownBy(() -> send.get(1, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("The record to 'orders' was not acknowledged in time.");
    }
}
