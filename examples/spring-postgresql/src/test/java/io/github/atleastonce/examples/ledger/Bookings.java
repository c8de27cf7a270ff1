package io.github.atleastonce.examples.ledger;

import org.springframework.data.jpa.repository.JpaRepository;

interface Bookings extends JpaRepository<Booking, String> {}
