package io.github.atleastonce.examples.ledger;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Books orders through Spring Data JPA, in ways that are right and in ways that are not. */
@Service
class Ledger {

    private final Accounts accounts;
    private final Bookings bookings;
    private final ApplicationEventPublisher events;
    /** Stands for mails that have left the house. */
    private final List<String> mails = new CopyOnWriteArrayList<>();

    /** An order was booked. */
    record Booked(String order) {}

    Ledger(Accounts accounts, Bookings bookings, ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.bookings = bookings;
        this.events = events;
    }

    /** Right: Hibernate writes both when the transaction commits. */
    @Transactional
    void book(String order, int amount) {
        bookings.save(new Booking(order, amount));
        accounts.findById("a-1").orElseThrow().debit(amount);
        events.publishEvent(new Booked(order));
    }

    /** Right: once it is committed. */
    @TransactionalEventListener
    void tell(Booked booked) {
        mails.add(booked.order());
    }

    /** Wrong: without a transaction around them, each call of a repository is one by itself. */
    void bookInTwoTransactions(String order, int amount) {
        bookings.save(new Booking(order, amount));
        Account account = accounts.findById("a-1").orElseThrow();
        account.debit(amount);
        accounts.save(account);
    }

    /** Wrong: what was flushed is not committed. */
    @Transactional
    void bookAndTellAtOnce(String order, int amount) {
        bookings.saveAndFlush(new Booking(order, amount));
        mails.add(order);
        accounts.findById("a-1").orElseThrow().debit(amount);
    }

    void begin() {
        bookings.deleteAll();
        accounts.deleteAll();
        accounts.save(new Account("a-1", 100));
        mails.clear();
    }

    int balance() {
        return accounts.findById("a-1").orElseThrow().balance();
    }

    int booked() {
        return bookings.findAll().stream().mapToInt(Booking::amount).sum();
    }

    TreeSet<String> orders() {
        TreeSet<String> orders = new TreeSet<>();
        bookings.findAll().forEach(booking -> orders.add(booking.orderId()));
        return orders;
    }

    List<String> mails() {
        return mails;
    }
}
