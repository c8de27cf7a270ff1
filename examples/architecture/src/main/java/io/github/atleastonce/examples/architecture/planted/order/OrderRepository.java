package io.github.atleastonce.examples.architecture.planted.order;

import org.springframework.data.repository.CrudRepository;

/** Stores orders; meant for this context only. */
public interface OrderRepository extends CrudRepository<Order, String> {}
