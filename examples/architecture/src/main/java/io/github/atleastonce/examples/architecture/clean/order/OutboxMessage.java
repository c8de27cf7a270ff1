package io.github.atleastonce.examples.architecture.clean.order;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An event that is stored with the state it tells of. */
@Entity
class OutboxMessage {

    @Id
    String orderId = "";
}
