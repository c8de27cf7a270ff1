package io.github.atleastonce.examples.bugcorpus.newkeyforeachattempt;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.PaymentProvider;
import java.util.UUID;

/** Each attempt is a charge of its own. */
public final class Faulty implements Consumer {

    private final PaymentProvider payments;

    /** Makes the consumer of a life. */
    public Faulty(PaymentProvider payments) {
        this.payments = payments;
    }

    @Override
    public void on(Order order) {
        payments.charge(UUID.randomUUID().toString(), order);
    }
}
