package io.github.atleastonce.examples.architecture.clean.payment;

import org.springframework.data.repository.CrudRepository;

/** Remembers which messages were handled. */
interface ProcessedMessageRepository extends CrudRepository<ProcessedMessage, String> {}
