@KnownBug(
        id = "W1",
        title = "Answers before it has stored the event: lost",
        metIn =
                "no public report; the rule is that of Stripe and of Standard Webhooks: 2xx says that the event is yours")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.answeredbeforestored;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
