package io.github.atleastonce.run;

import org.apiguardian.api.API;

/**
 * Unwinds the stack of a life that has died. By the time it is thrown the life can touch nothing any more, so code that
 * catches it changes nothing. It carries no stack trace: it is thrown often and says all in its message.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    /** Of no use once this is read back: a process that gets it knows no lives. */
    private final transient Lifetime life;

    /** At which step, in words. */
    private final String where;

    Crash(Lifetime life, String where) {
        super(null, null, false, false);
        this.life = life;
        this.where = where;
    }

    /** Built when somebody reads it: most crashes are caught without a look. */
    @Override
    public String getMessage() {
        return life + " died " + where;
    }

    Lifetime life() {
        return life;
    }
}
