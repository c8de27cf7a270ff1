package io.github.atleastonce.odd;

import java.util.EnumSet;
import java.util.Set;

/**
 * A correct service that does something unusual, and the claim that holds for it whatever goes wrong.
 *
 * @param name what is unusual about it
 * @param databases on which databases it is tried; none if it uses none
 * @param body boots the service, sends to it, settles and claims
 */
record OddService(String name, Set<Database> databases, Body body) {

    /** The body of its test. */
    @FunctionalInterface
    interface Body {
        void perform(Shop shop) throws Exception;
    }

    /** One that is tried on each database. */
    static OddService odd(String name, Body body) {
        return new OddService(name, EnumSet.allOf(Database.class), body);
    }

    static OddService on(Database database, String name, Body body) {
        return new OddService(name, EnumSet.of(database), body);
    }

    static OddService inMemory(String name, Body body) {
        return new OddService(name, EnumSet.noneOf(Database.class), body);
    }
}
