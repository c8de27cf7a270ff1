package io.github.atleastonce.examples.architecture.clean.order;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A stored order. */
@Entity
class Order {

    @Id
    String id = "";
}
