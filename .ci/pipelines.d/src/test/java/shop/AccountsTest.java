package shop;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.scenario.Scenario;
import java.util.Map;
import java.util.TreeMap;

class AccountsTest {

    @AtLeastOnceTest
    void booksEachOrderOnce(Scenario scenario) {
        Map<String, Integer> table = new TreeMap<>();
        scenario.service("accounts", life -> {
            Accounts accounts = new Accounts(
                    table.keySet(), order -> life.step("book", () -> { table.merge(order, 1, Integer::sum); }));
            life.subscribe("orders", String.class, accounts::on);
            return accounts;
        });

        scenario.channel("orders").send("o-1", "o-1");
        scenario.channel("orders").send("o-2", "o-2");
        scenario.settle();

        assertThat(table).containsOnly(entry("o-1", 1), entry("o-2", 1));
    }
}
