package io.github.atleastonce.examples.bugcorpus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which bug the samples of a package are about, or of a class that has both of them. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PACKAGE, ElementType.TYPE})
public @interface KnownBug {

    /**
     * The row of the catalogue: C for consumers, K for caches, L for leases and timers, O for the outbox, P for projections, S for sagas, W for webhooks and
     * third parties.
     */
    String id();

    /** What goes wrong, in a line. */
    String title();

    /** Who has met it: repositories and their issues, or a dash. */
    String metIn();
}
