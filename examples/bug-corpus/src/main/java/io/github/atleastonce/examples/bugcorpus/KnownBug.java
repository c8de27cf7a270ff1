package io.github.atleastonce.examples.bugcorpus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which bug the samples of a package are about. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface KnownBug {

    /** The row of the catalogue: C for consumers, O for the outbox, S for sagas, W for webhooks. */
    String id();

    /** What goes wrong, in a line. */
    String title();

    /** Who has met it. */
    String metIn();
}
