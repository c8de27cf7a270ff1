package io.github.atleastonce.examples.bugcorpus.newkeyforeachattempt;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.PaymentProvider;

/** All attempts for an order are one charge. */
public final class Fixed implements Consumer {

    private final PaymentProvider payments;

    /** Makes the consumer of a life. */
    public Fixed(PaymentProvider payments) {
        this.payments = payments;
    }

    @Override
    public void on(Order order) {
        payments.charge("charge of " + order.id(), order);
    }
}
