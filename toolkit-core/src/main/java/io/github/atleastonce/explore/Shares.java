package io.github.atleastonce.explore;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.schedule.Fault;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Makes one of what all parts of an exploration have come to: what an exploration of everything would have said. Pure functions. */
@API(status = API.Status.INTERNAL)
public final class Shares {

    private Shares() {}

    /**
     * Says why parts cannot be put together, although each of them is there.
     *
     * @param shares what each has run
     * @return the end of a sentence, or empty if they can
     */
    public static Optional<String> difference(List<Share> shares) {
        Share first = shares.get(0);
        for (Share other : shares) {
            String both = first.shard().words() + " and " + other.shard().words() + " ";
            if (first.maxFaults() != other.maxFaults() || first.everyInterleaving() != other.everyInterleaving()) {
                return Optional.of(both + "had other bounds: maxFaults = " + first.maxFaults() + " and "
                        + other.maxFaults() + ", everyInterleaving = " + first.everyInterleaving() + " and "
                        + other.everyInterleaving());
            }
            for (int i = 0; i < Math.max(first.asked().size(), other.asked().size()); i++) {
                if (!asked(first, i).equals(asked(other, i))) {
                    return Optional.of(both + "were asked for " + asked(first, i) + " and for " + asked(other, i));
                }
            }
            if (first.firstFaults() != other.firstFaults()) {
                return Optional.of(both + "found " + first.firstFaults() + " and " + other.firstFaults()
                        + " schedules with 1 fault");
            }
            if (!first.fingerprint().equals(other.fingerprint())) {
                return Optional.of(both + "found the places of their faults elsewhere, or in another order");
            }
        }
        return Optional.empty();
    }

    /** Another version of the toolkit may have asked for less. */
    private static String asked(Share share, int i) {
        return i < share.asked().size() ? share.asked().get(i) : "nothing of that kind";
    }

    /**
     * Concludes from the claims of all parts.
     *
     * @param claims the claim of each part
     * @return a pass, or that too little was shown
     */
    public static Outcome concluded(List<Claim> claims) {
        Claim claim = claim(claims);
        return claim.isConclusive() && claim.isComplete() ? new Outcome.Passed(claim) : Doubts.tooLittle(claim);
    }

    /**
     * Says how much all parts have run when one of them found the smallest failure.
     *
     * @param failed what the one that found it had run
     * @param shares what each part has run, that one included
     * @param complete whether those are all parts, and parts of one test
     * @return the effort
     */
    public static Effort effort(Effort.Searched failed, List<Share> shares, boolean complete) {
        int faults = failed.faults();
        int exhausted = complete ? faults - 1 : Math.min(faults - 1, 0);
        for (Share share : shares) {
            exhausted = Math.min(exhausted, share.exhausted());
        }
        Share.Level level = level(shares, faults);
        return new Effort.Searched(
                faults,
                runs(shares, exhausted),
                level.runs() + failures(shares, faults),
                faults == 1 ? shares.get(0).firstFaults() : level.schedules(),
                exhausted,
                failed.switches());
    }

    /** Counts the parts that found a failure of a size: it ended their exploration, and is none of the runs that held. */
    private static long failures(List<Share> shares, int faults) {
        return shares.stream().filter(share -> share.failedUnder() == faults).count();
    }

    private static Claim claim(List<Claim> claims) {
        List<Share> shares =
                claims.stream().map(Claim::share).map(Shares::known).toList();
        Claim first = claims.get(0);
        Share share = shares.get(0);
        int exhausted = shares.stream().mapToInt(Share::exhausted).min().orElseThrow();
        boolean everything = shares.stream().allMatch(Share::everything);
        Set<Fault> absent = EnumSet.allOf(Fault.class);
        claims.forEach(claim -> absent.retainAll(claim.absent()));
        Set<Share.Idle> idle = new LinkedHashSet<>(share.idle());
        shares.forEach(each -> idle.retainAll(each.idle()));
        Caveats.Seen seen =
                shares.stream().map(Share::seen).reduce(Caveats.Seen::and).orElseThrow();
        boolean interleaved = share.everyInterleaving()
                && first.faults().tried().contains(Fault.CONCURRENT)
                && !absent.contains(Fault.CONCURRENT);
        return new Claim(
                Math.min(exhausted, share.maxFaults()),
                SwitchBound.of(interleaved, exhausted, everything, share.maxFaults()),
                runs(shares, exhausted),
                everything ? null : beyond(claims, exhausted),
                first.faults(),
                Collections.unmodifiableSet(absent),
                first.places(),
                first.stepless(),
                Idleness.remarks(seen.said(), idle),
                seen.missing(),
                first.undelivered(),
                null,
                null);
    }

    private static Claim.Beyond beyond(List<Claim> claims, int exhausted) {
        Claim shortest = claims.stream()
                .filter(claim -> claim.beyond() != null && known(claim.share()).exhausted() == exhausted)
                .findFirst()
                .orElseThrow();
        Share.Level level =
                level(claims.stream().map(claim -> known(claim.share())).toList(), exhausted + 1);
        return new Claim.Beyond(
                level.runs(), level.schedules(), known(shortest.beyond()).bound());
    }

    /** Counts the runs with up to a number of faults; the one without any, which each part has done, is the same. */
    private static long runs(List<Share> shares, int faults) {
        long runs = 1;
        int most =
                shares.stream().mapToInt(share -> share.levels().size()).max().orElse(0);
        for (int i = 1; i <= faults && i < most; i++) {
            runs += level(shares, i).runs();
        }
        return runs;
    }

    private static Share.Level level(List<Share> shares, int faults) {
        long runs = 0;
        long schedules = 0;
        for (Share share : shares) {
            runs += share.level(faults).runs();
            schedules += share.level(faults).schedules();
        }
        return new Share.Level(runs, schedules);
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
