package io.github.atleastonce.examples.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** An account: Hibernate writes what has changed of it when it flushes. */
@Entity
class Account {

    @Id
    private String id = "";

    private int balance;

    @Version
    private int version;

    /** For Hibernate. */
    protected Account() {}

    Account(String id, int balance) {
        this.id = id;
        this.balance = balance;
    }

    String id() {
        return id;
    }

    int balance() {
        return balance;
    }

    void debit(int amount) {
        balance -= amount;
    }
}
