package io.github.atleastonce.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.spring.QueueConsumers;
import jakarta.jms.ConnectionFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

/** What the proxies do not tell of they leave as it is. */
class SteppingJmsTests {

    @Test
    void whatIsNoConnectionIsMadeOnce() {
        List<String> calls = new ArrayList<>();
        ConnectionFactory bare = (ConnectionFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConnectionFactory.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return null;
                });

        new SteppingJms(QueueConsumers.of(new GenericApplicationContext(), context -> List.of()))
                .over(bare)
                .createContext();

        assertThat(calls).containsExactly("createContext");
    }
}
