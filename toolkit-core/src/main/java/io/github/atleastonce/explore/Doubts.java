package io.github.atleastonce.explore;

/** Says why nothing can be claimed, and what to do about it. */
final class Doubts {

    private static final String MANAGE =
            "Seed or inject what varies (scenario.clock() tells the time of the run), and bring "
                    + "state that runs share back to its beginning with scenario.reset.";

    private Doubts() {}

    static Outcome tooLittle(Claim claim) {
        Claim.Beyond beyond = claim.beyond();
        String remedy = beyond == null
                ? "Let maxFaults be at least 1."
                : "Raise " + beyond.bound().name() + ", ask for fewer faults, or let the body send less.";
        return new Outcome.Inconclusive("This exploration " + claim + ".", remedy);
    }

    static Outcome differsAtOnce(String difference) {
        return differs(
                "Two fault-free runs differ: " + difference,
                "an unseeded random number, the time, "
                        + "another thread, or state that outlives a run such as a static field or a database without reset");
    }

    static Outcome differsAtTheEnd(String difference) {
        return differs(
                "The fault-free run at the end differs from the one at the beginning: " + difference,
                "state that outlives a run, such as a static field or a database without reset");
    }

    static Outcome leaked(String when, Throwable failure) {
        return new Outcome.Inconclusive(
                "The fault-free run passed at first and failed " + when
                        + ": state outlives a run, such as a static field or a database without reset. It failed with: "
                        + failure,
                MANAGE);
    }

    static Outcome nondeterministic(String divergence) {
        return differs(
                "A schedule could not be followed: " + divergence,
                "an unseeded random number, the time, another thread, or state that outlives a run");
    }

    static Outcome disturbed(Trial trial, DisturbedException disturbance) {
        return new Outcome.Inconclusive(
                "The run \"" + trial.name() + "\" was disturbed: " + disturbance.getMessage(), disturbance.remedy());
    }

    static Outcome gaveUp(Trial trial, String why) {
        return new Outcome.Inconclusive(
                "The body gave up under \"" + trial.name() + "\": " + why,
                "Assume only what no schedule changes, and assert what should hold.");
    }

    private static Outcome differs(String what, String usually) {
        return new Outcome.Inconclusive(what + ". Something varies that no schedule decides: " + usually + ".", MANAGE);
    }
}
