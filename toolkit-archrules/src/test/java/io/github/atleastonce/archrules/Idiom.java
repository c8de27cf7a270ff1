package io.github.atleastonce.archrules;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The same small project in the idioms of different frameworks: {@code %listen{on Type event}}, {@code %send{x}}, {@code %sender}. */
enum Idiom {
    SPRING_KAFKA(
            "@org.springframework.kafka.annotation.KafkaListener(topics = \"orders\") public void $1($2 $3)",
            "kafka.send(\"$1\", $2)",
            "org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;"),
    KAFKA_CLIENTS(
            "org.apache.kafka.clients.consumer.KafkaConsumer<String, $2> consumer$1;"
                    + " void poll$1() { for (org.apache.kafka.clients.consumer.ConsumerRecord<String, $2> r :"
                    + " consumer$1.poll(java.time.Duration.ofSeconds(1))) { $1(r.value()); } } public void $1($2 $3)",
            "producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>(\"$1\", \"key\", $2))",
            "org.apache.kafka.clients.producer.KafkaProducer<String, Object> producer;"),
    SMALLRYE(
            "@org.eclipse.microprofile.reactive.messaging.Incoming(\"orders\") public void $1($2 $3)",
            "emitter.send($2)",
            "@org.eclipse.microprofile.reactive.messaging.Channel(\"out\") org.eclipse.microprofile.reactive.messaging.Emitter<Object> emitter;"),
    SPRING_AMQP(
            "@org.springframework.amqp.rabbit.annotation.RabbitListener(queues = \"orders\") public void $1($2 $3)",
            "rabbit.convertAndSend(\"$1\", $2)",
            "org.springframework.amqp.rabbit.core.RabbitTemplate rabbit;"),
    SPRING_JMS(
            "@org.springframework.jms.annotation.JmsListener(destination = \"orders\") public void $1($2 $3)",
            "jms.convertAndSend(\"$1\", (Object) $2)",
            "org.springframework.jms.core.JmsTemplate jms;"),
    SPRING_PULSAR(
            "@org.springframework.pulsar.annotation.PulsarListener(topics = \"orders\") public void $1($2 $3)",
            "pulsar.send(\"$1\", $2)",
            "org.springframework.pulsar.core.PulsarOperations<Object> pulsar;"),
    SPRING_SQS(
            "@io.awspring.cloud.sqs.annotation.SqsListener(\"orders\") public void $1($2 $3)",
            "sqs.send(\"$1\", $2)",
            "io.awspring.cloud.sqs.operations.SqsOperations sqs;"),
    MICRONAUT_KAFKA(
            "@io.micronaut.configuration.kafka.annotation.Topic(\"orders\") public void $1($2 $3)",
            "client.send($2)",
            "@io.micronaut.configuration.kafka.annotation.KafkaClient public interface Client {"
                    + " @io.micronaut.configuration.kafka.annotation.Topic(\"orders\") void send(Object event); } Client client;"),
    MICRONAUT_RABBITMQ(
            "@io.micronaut.rabbitmq.annotation.Queue(\"orders\") public void $1($2 $3)",
            "client.send($2)",
            "@io.micronaut.rabbitmq.annotation.RabbitClient(\"orders\") public interface Client {"
                    + " @io.micronaut.rabbitmq.annotation.Binding(\"orders\") void send(Object event); } Client client;"),
    AXON(
            "@org.axonframework.eventhandling.EventHandler public void $1($2 $3)",
            "gateway.publish($2)",
            "org.axonframework.eventhandling.gateway.EventGateway gateway;");

    /** The ones that each starred rule is tried in. */
    static final List<Idiom> STARRED = List.of(SPRING_KAFKA, KAFKA_CLIENTS, SMALLRYE);

    private static final Pattern LISTEN = Pattern.compile("%listen\\{(\\w+) (\\S+) (\\w+)}");
    private static final Pattern SEND = Pattern.compile("%send\\{(\\S+) (.*?)};");

    private final String listen;
    private final String send;
    private final String sender;

    Idiom(String listen, String send, String sender) {
        this.listen = listen;
        this.send = send;
        this.sender = sender;
    }

    String expand(String java) {
        String listening = LISTEN.matcher(java).replaceAll(listen);
        String sending = SEND.matcher(listening).replaceAll(send + ";");
        return sending.replaceAll("%sender;?", Matcher.quoteReplacement(sender));
    }
}
