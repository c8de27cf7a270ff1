package io.github.atleastonce.examples.architecture.clean.payment;

import org.springframework.data.repository.CrudRepository;

/** Stores payments. */
interface PaymentRepository extends CrudRepository<Payment, String> {}
