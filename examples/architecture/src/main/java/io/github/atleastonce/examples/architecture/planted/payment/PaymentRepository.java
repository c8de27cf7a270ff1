package io.github.atleastonce.examples.architecture.planted.payment;

import org.springframework.data.repository.CrudRepository;

/** Stores payments. */
public interface PaymentRepository extends CrudRepository<Payment, String> {}
