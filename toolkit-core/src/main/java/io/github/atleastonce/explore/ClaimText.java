package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.Fault;
import java.util.stream.Collectors;

/** Puts a claim into words: the one place that does. */
final class ClaimText {

    private ClaimText() {}

    static String of(Claim claim) {
        StringBuilder text = new StringBuilder();
        if (claim.isConclusive()) {
            text.append("holds under every schedule with ≤ ").append(faults(claim.exhausted()));
            text.append(interleaving(claim));
            text.append(" (").append(claim.runs()).append(claim.runs() == 1 ? " run)" : " runs)");
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
        if (!claim.absent().isEmpty()) {
            text.append("; no place for ")
                    .append(claim.absent().stream().map(Fault::name).collect(Collectors.joining(", ")));
        }
        if (claim.unsupported() != null) {
            text.append("; ").append(claim.unsupported());
        }
        return text.toString();
    }

    private static String interleaving(Claim claim) {
        if (claim.interleaving() instanceof Interleaving.Every) {
            return ", every interleaving of " + (claim.exhausted() == 1 ? "the two" : "what happens at once")
                    + " included";
        }
        return claim.interleaving() instanceof Interleaving.UpTo some ? " and ≤ " + turns(some.switches()) : "";
    }

    private static String oneMore(Claim claim) {
        return claim.interleaving() instanceof Interleaving.Counted ? faults(claim.exhausted() + 1) : "1 turn more";
    }

    private static String turns(int number) {
        return number == 1 ? "1 turn" : number + " turns";
    }

    private static String faults(int number) {
        return number == 1 ? "1 fault" : number + " faults";
    }
}
