package io.github.atleastonce.examples.architecture;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which rules a class breaks on purpose. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Planted {

    /**
     * Names the rules.
     *
     * @return ids, each followed by {@code @} and a place if the violation is not known by the class
     */
    String[] value();
}
