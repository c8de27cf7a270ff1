package io.github.atleastonce.examples.bugcorpus;

/**
 * Something that has changed.
 *
 * @param id what has
 * @param what how, for example {@code put} or {@code delete}
 * @param version the how manieth change of it this is
 */
public record Change(String id, String what, int version) {}
