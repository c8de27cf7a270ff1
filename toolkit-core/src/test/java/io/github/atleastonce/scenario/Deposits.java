package io.github.atleastonce.scenario;

import io.github.atleastonce.run.Life;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A store that outlives a crash, with services of different quality on top of it. What is done between two steps of a life is
 * one transaction.
 */
public final class Deposits {

    /** A deposit: which, and how much. */
    public record Deposit(String id, int amount) {}

    final Map<String, Integer> booked = new LinkedHashMap<>();
    final Set<String> seen = new LinkedHashSet<>();
    final List<String> log = new ArrayList<>();

    public int sum() {
        return booked.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Adds without a step; for transactions of more. */
    public void add(Deposit deposit) {
        booked.merge(deposit.id(), deposit.amount(), Integer::sum);
        log.add(deposit.id());
    }

    public boolean isLast(Deposit deposit) {
        return !log.isEmpty() && log.get(log.size() - 1).equals(deposit.id());
    }

    /** Forgets which deposits were seen. */
    public void forget() {
        seen.clear();
    }

    /** Adds each delivery: wrong under a duplicate. */
    public void addEach(Life life, Deposit deposit) {
        life.step("commit", () -> add(deposit));
    }

    /** Remembers the id in the transaction of the work: right. */
    public void addOnce(Life life, Deposit deposit) {
        life.step("commit", () -> {
            if (seen.add(deposit.id())) {
                add(deposit);
            }
        });
    }

    /** Three deposits, one subscriber, one step in its handler. */
    public static void threeMessages(Scenario scenario, Deposits deposits) {
        scenario.service("bank", life -> {
            life.subscribe("deposits", Deposit.class, deposit -> deposits.addOnce(life, deposit));
            return life;
        });
        for (int i = 1; i <= 3; i++) {
            scenario.channel("deposits").send("d-" + i, new Deposit("d-" + i, i));
        }
        scenario.settle();
        org.assertj.core.api.Assertions.assertThat(deposits.sum()).isEqualTo(6);
    }
}
