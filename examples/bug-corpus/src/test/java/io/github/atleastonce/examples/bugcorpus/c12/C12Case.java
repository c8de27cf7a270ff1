package io.github.atleastonce.examples.bugcorpus.c12;

import io.github.atleastonce.examples.bugcorpus.Bodies;
import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.schedule.Fault;

/** Reads, computes and writes, while another does the same: lost update */
public final class C12Case {

    private C12Case() {}

    /** Returns the bug and its twin. */
    public static Bug bug() {
        return Bug.of(
                        "C12",
                        "Reads, computes and writes, while another does the same: lost update",
                        "select customer",
                        Fault.CONCURRENT)
                .faulty(Bodies.reserveTwice(Faulty::new))
                .fixed(Bodies.reserveTwice(Fixed::new));
    }
}
