package io.micronaut.test.extensions.junit5.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Has the name of Micronaut's annotation, by which it is known. Micronaut itself is tried by {@code .ci/frameworks}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface MicronautTest {}
