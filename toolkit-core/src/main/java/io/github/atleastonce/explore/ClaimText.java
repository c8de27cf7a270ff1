package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.Fault;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts a claim into words: the one place that does. */
final class ClaimText {

    private static final String CLOSED = "; no further behaviour at any number of faults";

    private ClaimText() {}

    static String of(Claim claim) {
        StringBuilder text = new StringBuilder();
        Share share = claim.share();
        if (claim.isConclusive()) {
            if (share != null) {
                text.append(share.shard().words()).append(' ');
            }
            text.append("holds under ").append(share == null ? "every schedule" : "each of its schedules");
            text.append(" with ≤ ").append(faults(claim.exhausted()));
            text.append(interleaving(claim));
            text.append(" (").append(runs(claim));
            text.append(share == null ? "" : "; " + begin(share)).append(')');
            text.append(claim.without() != null && claim.without().closed() ? CLOSED : "");
        } else {
            text.append("shows nothing: not every schedule with 1 fault was run");
        }
        Claim.Beyond beyond = claim.beyond();
        if (beyond != null) {
            text.append(claim.isConclusive() ? "; beyond, " : "; ")
                    .append(beyond.runs())
                    .append(" of ")
                    .append(beyond.schedules())
                    .append(" with ")
                    .append(oneMore(claim))
                    .append(" (stopped by ")
                    .append(beyond.bound())
                    .append(')');
        }
        EnumSet<Fault> tried = EnumSet.noneOf(Fault.class);
        tried.addAll(claim.faults().tried());
        tried.removeAll(claim.absent());
        if (claim.isConclusive()) {
            text.append(list("; tried: ", tried));
            if (tried.contains(Fault.CRASH)) {
                text.append(stepless(claim.stepless()));
            }
        }
        text.append(list("; no place for ", claim.absent()));
        claim.uncovered().forEach(remark -> text.append("; ").append(remark));
        claim.remarks().forEach(remark -> text.append("; ").append(remark));
        if (claim.faults().unsupported() != null) {
            text.append("; ").append(claim.faults().unsupported());
        }
        if (claim.isConclusive()) {
            text.append(list("; not tried: ", claim.faults().untried()));
            if (claim.undelivered() != null) {
                text.append("; ").append(claim.undelivered());
            }
        }
        return text.toString();
    }

    private static String runs(Claim claim) {
        Claim.Without without = claim.without();
        if (without == null || without.derived() == 0) {
            return claim.runs() + (claim.runs() == 1 ? " run" : " runs");
        }
        return claim.runs() + ": " + (claim.runs() - without.derived()) + " run, " + without.derived() + " derived, "
                + without.checked() + " of them checked";
    }

    private static String begin(Share share) {
        return share.own() + " of the " + share.firstFaults() + " with 1 fault are its own, and what comes of them";
    }

    private static String stepless(Set<String> services) {
        return services.isEmpty()
                ? ""
                : "; no step in any handler of " + String.join(", ", services)
                        + (services.size() == 1 ? ": it dies" : ": they die") + " between messages only";
    }

    private static String list(String before, Set<Fault> faults) {
        return faults.isEmpty() ? "" : before + faults.stream().map(Fault::name).collect(Collectors.joining(", "));
    }

    private static String interleaving(Claim claim) {
        if (claim.interleaving() instanceof SwitchBound.Every) {
            return ", every interleaving of " + (claim.exhausted() == 1 ? "the two" : "what happens at once")
                    + " included";
        }
        return claim.interleaving() instanceof SwitchBound.UpTo some ? " and ≤ " + turns(some.switches()) : "";
    }

    private static String oneMore(Claim claim) {
        return claim.interleaving() instanceof SwitchBound.Counted ? faults(claim.exhausted() + 1) : "1 turn more";
    }

    private static String turns(int number) {
        return number == 1 ? "1 turn" : number + " turns";
    }

    private static String faults(int number) {
        return number == 1 ? "1 fault" : number + " faults";
    }
}
