package org.junit.internal;

/** Bears the name of what the assumptions of JUnit 4 throw, which is known by its name only. */
public final class AssumptionViolatedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AssumptionViolatedException(String message) {
        super(message);
    }
}
