@KnownBug(
        id = "S4",
        title = "Takes a time-out for a failure: booked though cancelled",
        metIn = "no public report; the rule is that of microservices.io, Saga")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.timeouttakenforfailure;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
