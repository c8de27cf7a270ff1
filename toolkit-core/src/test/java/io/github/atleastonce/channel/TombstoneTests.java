package io.github.atleastonce.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Messages without a value, and such with headers. */
class TombstoneTests {

    private static void comeAndGone(Scenario scenario, BiConsumer<Set<String>, Message> handler) {
        Set<String> customers = new TreeSet<>();
        scenario.consumer("crm", "customers", Message.class, message -> handler.accept(customers, message));
        scenario.channel("customers").send("c-1", "Alice");
        scenario.channel("customers").send("c-2", "Bob");
        scenario.channel("customers").sendTombstone("c-1");
        scenario.settle();
        assertThat(customers).containsExactly("c-2");
    }

    private static Outcome explored(BiConsumer<Set<String>, Message> handler) {
        return ScenarioRunner.of(Fault.REDELIVERY).explore(scenario -> comeAndGone(scenario, handler));
    }

    @Test
    void whoOverlooksOneKeepsWhatIsGone() {
        assertThat(explored((customers, message) -> customers.add(message.key())))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void whoRemovesWhatIsGoneHolds() {
        assertThat(explored((customers, message) -> {
                    if (message.isTombstone()) {
                        customers.remove(message.key());
                    } else {
                        customers.add(message.key());
                    }
                }))
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aHandlerOfAnotherTypeIsLeftAlone() {
        List<String> names = new ArrayList<>();
        ScenarioRunner.of(Fault.DUPLICATE).explore(scenario -> {
            scenario.consumer("crm", "customers", String.class, names::add);
            scenario.channel("customers").send("c-1", "Alice");
            scenario.channel("customers").send("c-1", null);
            scenario.settle();
        });

        assertThat(names).containsOnly("Alice");
    }

    @Test
    void headersArriveWithAPayload() {
        List<String> tenants = new ArrayList<>();
        ScenarioRunner.of(Fault.DUPLICATE).explore(scenario -> {
            scenario.consumer(
                    "crm",
                    "customers",
                    Message.class,
                    message -> tenants.add(message.headers().get("tenant")));
            scenario.channel("customers").send("c-1", "Alice", Headers.of(Map.of("tenant", "acme")));
            scenario.settle();
        });

        assertThat(tenants).containsOnly("acme");
    }

    @Test
    void nothingWithoutAKeyIsRefused() {
        ScenarioRunner.of(Fault.DUPLICATE)
                .explore(scenario -> assertThatThrownBy(
                                () -> scenario.channel("customers").send(null, null))
                        .isInstanceOf(UsageException.class)
                        .hasMessageContaining("sendTombstone(key)"));
    }
}
