package io.github.atleastonce.examples.architecture.clean.payment;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A stored payment. */
@Entity
class Payment {

    @Id
    String id = "";
}
