package io.github.atleastonce.archrules.bytecode;

/**
 * An assignment to a field.
 *
 * @param owner the qualified name of the type on which the field is named
 * @param field the field's name
 * @param value where the value can come from
 */
public record Store(String owner, String field, Origin value) {}
