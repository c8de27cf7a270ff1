@KnownBug(
        id = "O23",
        title = "Sends after the commit: a lost event",
        metIn = "kbastani/event-sourcing-microservices-example #28; spring-kafka #2001")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.sentaftercommit;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
