package io.github.atleastonce.examples.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.spring.QueueConsumers;
import java.util.List;
import java.util.stream.Stream;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;
import org.springframework.context.support.GenericApplicationContext;

/** What becomes of the containers that an application configures. */
class ContainersTests {

    private static final MethodInterceptor OF_THE_FACTORY = MethodInvocation::proceed;
    private static final MethodInterceptor OF_THE_CUSTOMIZER = MethodInvocation::proceed;

    static Stream<AbstractRabbitListenerContainerFactory<?>> factories() {
        SimpleRabbitListenerContainerFactory batching = new SimpleRabbitListenerContainerFactory();
        batching.setBatchSize(5);
        return Stream.of(
                new SimpleRabbitListenerContainerFactory(), batching, new DirectRabbitListenerContainerFactory());
    }

    private <C extends AbstractMessageListenerContainer> PropertyAccessor container(
            AbstractRabbitListenerContainerFactory<C> factory) {
        GenericApplicationContext context = new GenericApplicationContext();
        QueueConsumers consumers = QueueConsumers.of(context, any -> List.of());
        new RabbitListeners.Following(consumers, new Coming(consumers, context))
                .postProcessAfterInitialization(factory, "factory");
        return new DirectFieldAccessor(factory.createListenerContainer());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void holdsOneMessageAtATime(AbstractRabbitListenerContainerFactory<?> factory) {
        factory.setPrefetchCount(20);

        PropertyAccessor container = container(factory);

        assertThat(container.getPropertyValue("prefetchCount")).isEqualTo(1);
        if (container.isReadableProperty("batchSize")) {
            assertThat(container.getPropertyValue("batchSize")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("factories")
    void keepsTheAdvicesOfItsFactoryBehindTheOneThatAcknowledges(AbstractRabbitListenerContainerFactory<?> factory) {
        factory.setAdviceChain(OF_THE_FACTORY);

        assertThat((Advice[]) container(factory).getPropertyValue("adviceChain"))
                .hasSize(2)
                .endsWith(OF_THE_FACTORY);
    }

    @ParameterizedTest
    @MethodSource("factories")
    void isCustomizedByTheApplicationFirst(AbstractRabbitListenerContainerFactory<?> factory) {
        factory.setContainerCustomizer(container -> {
            container.setAdviceChain(OF_THE_CUSTOMIZER);
            container.setListenerId("the application's");
        });

        PropertyAccessor container = container(factory);

        assertThat(container.getPropertyValue("listenerId")).isEqualTo("the application's");
        assertThat((Advice[]) container.getPropertyValue("adviceChain"))
                .hasSize(2)
                .endsWith(OF_THE_CUSTOMIZER);
    }
}
