package io.github.atleastonce.archrules;

import java.util.Set;

/**
 * Where a check runs.
 *
 * @param ci whether this is a continuous integration server, which must not write to the stores
 * @param accepted what the person at the keyboard accepts: {@code contracts}, {@code frozen}
 */
record Surroundings(boolean ci, Set<String> accepted) {

    static final String ACCEPT = "atleastonce.archrules.accept";

    static Surroundings present() {
        String ci = System.getenv("CI");
        String accepted = System.getProperty(ACCEPT, "");
        Surroundings present = new Surroundings(
                ci != null && !ci.isBlank() && !ci.equalsIgnoreCase("false"),
                accepted.isBlank() ? Set.of() : Set.of(accepted.split(",")));
        present.check();
        return present;
    }

    void check() {
        for (String what : accepted) {
            if (!what.equals("contracts") && !what.equals("frozen")) {
                throw new IllegalArgumentException("-D" + ACCEPT
                        + " wants 'contracts', 'frozen' or both, separated by a comma, but got '" + what + "'.");
            }
        }
        if (ci && !accepted.isEmpty()) {
            throw new IllegalStateException(
                    "-D" + ACCEPT
                            + " is refused where the environment variable CI is set: accept on your machine and commit the file.");
        }
    }

    boolean accepts(String what) {
        return accepted.contains(what);
    }
}
