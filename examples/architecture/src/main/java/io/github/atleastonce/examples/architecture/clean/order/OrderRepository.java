package io.github.atleastonce.examples.architecture.clean.order;

import org.springframework.data.repository.CrudRepository;

/** Stores orders. */
interface OrderRepository extends CrudRepository<Order, String> {}
