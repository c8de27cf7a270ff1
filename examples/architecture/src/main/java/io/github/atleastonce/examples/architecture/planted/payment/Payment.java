package io.github.atleastonce.examples.architecture.planted.payment;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A stored payment. */
@Entity
public class Payment {

    @Id
    String id = "";
}
