package shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.scenario.Scenario;
import java.util.Set;
import java.util.TreeSet;

class InMemoryTest {

    @AtLeastOnceTest
    void booksEachOrderOnce(Scenario scenario) {
        Set<String> booked = new TreeSet<>();
        scenario.service("accounts", life -> {
            life.subscribe("orders", String.class, order -> life.step("insert", () -> booked.add(order)));
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }
}
