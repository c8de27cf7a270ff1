package io.github.atleastonce.examples.architecture.clean.payment;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** The id of a message that was handled. */
@Entity
class ProcessedMessage {

    @Id
    String messageId = "";
}
