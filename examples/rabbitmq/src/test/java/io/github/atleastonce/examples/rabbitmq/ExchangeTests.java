package io.github.atleastonce.examples.rabbitmq;

import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;

/** What an application sends by way of an exchange is waited for, and each message is known by itself. */
@DirtiesContext
class ExchangeTests extends CreditTests {

    @Autowired
    RabbitTemplate template;

    @TestConfiguration
    static class Shop {

        @Bean
        TopicExchange shop() {
            return new TopicExchange("shop");
        }

        @Bean
        Binding placedOrders(TopicExchange shop, Queue orders) {
            return BindingBuilder.bind(orders).to(shop).with("*.placed.#");
        }
    }

    @FaultTest(faults = REDELIVERY, maxFaults = 1)
    void reservesForOrdersOfTheShop(Scenario scenario) {
        scenario.attempt(() -> {
            template.convertAndSend("shop", "order.placed", "o-1:c-1:30");
            template.convertAndSend("shop", "order.placed.late", "o-2:c-1:20");
            template.convertAndSend("shop", "order.paid", "o-3:c-1:1");
        });

        scenario.settle();

        assertThat(credit()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        "order.placed, order.placed, true",
        "order.placed, orderXplaced, false",
        "order.*, order.placed, true",
        "order.*, order.placed.late, false",
        "order.#, order, true",
        "order.#, order.placed.late, true",
        "#.late, order.placed.late, true",
        "#.late, late, true",
        "#, order, true",
        "'', order, true",
    })
    void aBindingLeadsWhereItsKeySays(String key, String routingKey, boolean leads) {
        Binding binding = new Binding("orders", Binding.DestinationType.QUEUE, "shop", key, null);

        assertThat(Coming.leads(binding, "shop", routingKey)).isEqualTo(leads);
        assertThat(Coming.leads(binding, "other", routingKey)).isFalse();
    }
}
