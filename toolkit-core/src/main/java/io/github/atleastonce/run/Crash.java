package io.github.atleastonce.run;

/**
 * Unwinds the stack of a life that has died. By the time it is thrown the life can touch nothing any more, so code that
 * catches it changes nothing. It carries no stack trace: it is thrown often and says all in its message.
 */
public final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    private final transient Lifetime life;

    Crash(Lifetime life, String where) {
        super(life + " died " + where, null, false, false);
        this.life = life;
    }

    Lifetime life() {
        return life;
    }
}
