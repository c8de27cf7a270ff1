package io.github.atleastonce.examples.architecture.planted.order;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A stored order. */
@Entity
public class Order {

    @Id
    String id = "";

    public String id() {
        return id;
    }
}
