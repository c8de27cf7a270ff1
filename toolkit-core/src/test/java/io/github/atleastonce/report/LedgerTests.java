package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTests {

    private final Ledger ledger = new Ledger();
    private final Row act = Row.Act.of("customers", "work");
    private final Row death = new Row.Injury("CRASH", "shop");

    /** The one that dies may be at work under the name of a part of it, and so may the others. */
    @Test
    void aDeathUndoesOnlyWhatTheDeadHadNotCommitted() {
        ledger.changes("shop", 1, "insert invoice", 1, "");
        ledger.changes("billing", 2, "insert payment", 1, "");
        ledger.enter(act);
        ledger.dies("shop");
        ledger.enter(death);

        assertThat(ledger.changes(death)).extracting(Ledger.Change::what).containsExactly("insert invoice: 1 row");
        assertThat(ledger.changes(death)).allMatch(Ledger.Change::isUndone);
        assertThat(ledger.changes(act)).hasSize(2).allMatch(Ledger.Change::isOpen);
    }
}
