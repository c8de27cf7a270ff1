package io.github.atleastonce.examples.credit;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Whether the service expects that an order may come twice: the switch between the right service and the wrong one. */
@Component
class Duplicates {

    private final boolean remembered;

    Duplicates(@Value("${credit.remember-orders:true}") boolean remembered) {
        this.remembered = remembered;
    }

    boolean areRemembered() {
        return remembered;
    }
}
