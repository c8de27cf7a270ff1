package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.ScheduleToken;

/** Says why nothing can be claimed, and what to do about it. */
final class Doubts {

    private static final String MANAGE =
            "Seed or inject what varies (scenario.clock() tells the time of the run), and bring "
                    + "state that runs share back to its beginning with scenario.reset.";

    private static final String CUT_SHORT =
            "the run before it, in which nothing was delivered, ended where the body noticed that, so what the body clears at its own "
                    + "end stayed; or ";

    private Doubts() {}

    static Outcome tooLittle(Claim claim) {
        return new Outcome.Inconclusive("This exploration " + claim + ".", remedy(claim));
    }

    private static String remedy(Claim claim) {
        Claim.Beyond beyond = claim.beyond();
        if (beyond != null && !beyond.bound().onPurpose()) {
            String name = beyond.bound().name();
            String raise = (name.equals("memory") ? "Give the JVM more memory (-Xmx)" : "Raise " + name)
                    + ", ask for fewer faults, ";
            return claim.isConclusive()
                    ? raise + "let the body send less, or give a budget: what is exhausted within it is then a pass."
                    : raise + "or let the body send less.";
        }
        if (!claim.missing().isEmpty()) {
            Object first = claim.missing().iterator().next();
            return "The test names " + claim.missing()
                    + ", which never had a place to happen: leave it out, or say optional = " + first + ".";
        }
        if (!claim.uncovered().isEmpty()) {
            return "The test wants each of these to come about under some schedule: let the body do what leads there, name the fault that does, or "
                    + "leave out what cannot come.";
        }
        return "Let maxFaults be at least 1.";
    }

    static Outcome differsAtOnce(String difference) {
        return differs(
                "Two fault-free runs differ: " + difference,
                "an unseeded random number, the time, "
                        + "another thread, or state that outlives a run such as a static field or a database without reset");
    }

    static Outcome differsAtTheEnd(String difference, boolean cutShort) {
        return differs(
                "The fault-free run at the end differs from the one at the beginning: " + difference,
                (cutShort ? CUT_SHORT : "")
                        + "state that outlives a run, such as a static field or a database without reset");
    }

    static Outcome leaked(String when, Throwable failure, boolean cutShort) {
        return new Outcome.Inconclusive(
                "The fault-free run passed at first and failed " + when + ": " + (cutShort ? CUT_SHORT : "")
                        + "state outlives a run, such as a static field or a database without reset. It failed with: "
                        + failure,
                MANAGE);
    }

    static Outcome nondeterministic(String divergence) {
        return differs(
                "A schedule could not be followed: " + divergence,
                "an unseeded random number, the time, another thread, or state that outlives a run");
    }

    /** What the body threw may be the reason why the schedule was not met. */
    static Outcome nondeterministic(String divergence, Throwable failure) {
        String told = String.valueOf(failure);
        return nondeterministic(divergence + (divergence.endsWith(".") ? "" : ".") + " The run failed with: "
                + (told.endsWith(".") ? told.substring(0, told.length() - 1) : told));
    }

    /** Not told, since it is looked at in another way then. */
    static Outcome hangs(ScheduleToken token, Throwable failure) {
        return differs(token + " does not come to rest: " + failure.getMessage(), "one service waits for another");
    }

    /** A body that checks something fails where no service gets anything to do. */
    static Outcome unnoticed() {
        return new Outcome.Inconclusive(
                "The body passes even when nothing is delivered: no message reached a service, no poller was ticked, no timer fired, and "
                        + "nothing failed. So a service that does nothing at all passes, too.",
                "Assert after scenario.settle() what should have happened, and let no state of an earlier run stay that shows it "
                        + "(scenario.reset). Where nothing should have happened, or something is only forbidden, say why with "
                        + "mayPassUndelivered.");
    }

    /** A failure of a kept schedule that the run did not meet, which no schedule that was explored brings about. */
    static Outcome unexplained(ScheduleToken kept, Throwable failure) {
        return differs(
                "What failed the last time, " + kept
                        + ", was not met, and yet the run failed, as no other schedule did. It failed with: " + failure,
                "an unseeded random number, the time, another thread, or state that outlives a run");
    }

    static Outcome disturbed(String run, DisturbedException disturbance) {
        return new Outcome.Inconclusive(
                "The run \"" + run + "\" was disturbed: " + disturbance.getMessage(), disturbance.remedy());
    }

    static Outcome gaveUp(String run, String why) {
        return new Outcome.Inconclusive(
                "The body gave up under \"" + run + "\": " + why,
                "Assume only what no schedule changes, and assert what should hold.");
    }

    private static Outcome differs(String what, String usually) {
        return new Outcome.Inconclusive(what + ". Something varies that no schedule decides: " + usually + ".", MANAGE);
    }
}
