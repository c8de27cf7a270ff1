package io.github.atleastonce.kafka.spring;

/** Marks what a fault throws into the application, so that logs are not full of what is no error. */
interface Injected {}
