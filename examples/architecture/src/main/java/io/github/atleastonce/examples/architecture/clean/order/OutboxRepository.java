package io.github.atleastonce.examples.architecture.clean.order;

import org.springframework.data.repository.CrudRepository;

/** Stores events until they are sent. */
interface OutboxRepository extends CrudRepository<OutboxMessage, String> {}
