package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Share;
import io.github.atleastonce.explore.Shares;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.schedule.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one result of what all shards of a test have come to: one claim, or the smallest failure. Pure functions. */
final class MergedShards {

    private MergedShards() {}

    /** What one shard has come to. */
    private record Part(
            Shard shard,
            KeptResult result,
            Form form,
            @Nullable Share share) {

        static Part of(KeptResult result) {
            Form form = Form.parse(result.entries().getOrDefault(Result.SHARE, ""));
            return new Part(
                    Shard.parse(result.entries().getOrDefault(Result.SHARD, "")),
                    result,
                    form,
                    ShareForm.share(form).orElse(null));
        }

        boolean failed() {
            return Result.FAILED.equals(result.entries().get(Result.OUTCOME));
        }

        boolean holds() {
            return Result.HOLDS.equals(result.entries().get(Result.OUTCOME));
        }

        boolean replayed() {
            return Result.REPLAYED.equals(result.entries().get(Result.OUTCOME));
        }

        int faults() {
            String token = result.entries().get(Result.TOKEN);
            return token == null ? 0 : ScheduleToken.parse(token).deviations().size();
        }

        /** Where one exploration of everything would have come to the failure; what was tried before all others comes first. */
        List<Integer> order() {
            return share == null ? List.of() : share.order();
        }
    }

    /**
     * Puts results of one test together.
     *
     * @param results at least one, each of a shard
     * @return the result of the test, with the entries of an ordinary one
     */
    static KeptResult of(List<KeptResult> results) {
        List<Part> parts = results.stream()
                .map(Part::of)
                .sorted(Comparator.comparing((Part part) -> part.shard().of())
                        .thenComparing(part -> part.shard().number()))
                .toList();
        KeptResult first = results.get(0);
        return new KeptResult(first.testClass(), first.method(), entries(parts));
    }

    private static Map<String, String> entries(List<Part> parts) {
        Optional<String> clash = clash(parts);
        if (clash.isPresent()) {
            return inconclusive(
                    parts,
                    clash.get(),
                    "Clean what earlier builds have left, and run each shard once, all of one number.");
        }
        Optional<Part> smallest = parts.stream()
                .filter(Part::failed)
                .min(Comparator.comparingInt(Part::faults).thenComparing(Part::order, MergedShards::compare));
        String missing = missing(parts);
        if (smallest.isPresent()) {
            return failed(smallest.get(), parts, missing);
        }
        for (Part part : parts) {
            if (!part.holds() && !part.replayed()) {
                return otherwise(part, parts);
            }
        }
        if (!missing.isEmpty()) {
            return inconclusive(
                    parts,
                    missing + ", so nothing is claimed.",
                    "Run what is missing, and give the directory that it leaves to the command, too.");
        }
        Optional<Part> replayed = parts.stream().filter(Part::replayed).findFirst();
        if (replayed.isPresent()) {
            return replayed(replayed.get(), parts);
        }
        Optional<String> difference = difference(parts);
        if (difference.isPresent()) {
            return inconclusive(
                    parts,
                    "The shards were not parts of one test: " + difference.get() + ".",
                    "Run all shards on one commit, with the same settings; and let the test do the same in each JVM.");
        }
        List<Claim> claims =
                parts.stream().map(part -> ShareForm.claim(part.form())).toList();
        return entries(Shares.concluded(claims), parts);
    }

    /** Says what cannot be, whatever was run: two numbers of shards, or one shard twice. */
    private static Optional<String> clash(List<Part> parts) {
        Map<Shard, Part> known = new TreeMap<>(Comparator.comparingInt(Shard::number));
        int of = parts.get(0).shard().of();
        for (Part part : parts) {
            if (part.shard().of() != of) {
                return Optional.of("It was split into " + of + " shards and into "
                        + part.shard().of() + ": only one of the two is everything.");
            }
            if (known.put(part.shard(), part) != null) {
                return Optional.of("There are two reports of " + part.shard().words() + ".");
            }
        }
        return Optional.empty();
    }

    private static String missing(List<Part> parts) {
        int of = parts.get(0).shard().of();
        List<String> missing = new ArrayList<>();
        for (int number = 1; number <= of; number++) {
            int wanted = number;
            if (parts.stream().noneMatch(part -> part.shard().number() == wanted)) {
                missing.add(Integer.toString(number));
            }
        }
        return missing.isEmpty()
                ? ""
                : (missing.size() == 1 ? "shard " : "shards ") + String.join(", ", missing) + " of " + of
                        + (missing.size() == 1 ? " is missing" : " are missing");
    }

    private static Optional<String> difference(List<Part> parts) {
        List<Share> shares = shares(parts);
        return shares.isEmpty() ? Optional.empty() : Shares.difference(shares);
    }

    private static List<Share> shares(List<Part> parts) {
        List<Share> shares = new ArrayList<>();
        for (Part part : parts) {
            if (part.share() != null) {
                shares.add(part.share());
            }
        }
        return shares;
    }

    private static Map<String, String> failed(Part smallest, List<Part> parts, String missing) {
        Map<String, String> entries = copy(smallest, parts);
        Share own = smallest.share();
        Optional<String> difference = difference(parts);
        if (own != null) {
            // What others have run of another test is no effort of this one.
            List<Share> shares = difference.isPresent() ? List.of(own) : shares(parts);
            boolean complete = missing.isEmpty() && shares.size() == parts.size();
            entries.computeIfPresent(
                    Result.STORY,
                    (key, story) -> Story.withEffort(
                            story, Shares.effort(ShareForm.effort(smallest.form()), shares, complete)));
        }
        difference.ifPresent(how -> add(entries, "the shards were not parts of one test: " + how));
        if (!missing.isEmpty()) {
            add(entries, missing);
        }
        return entries;
    }

    /** A replay has no parts: each shard has run the whole of it. */
    private static Map<String, String> replayed(Part replayed, List<Part> parts) {
        return parts.stream().allMatch(Part::replayed)
                ? copy(replayed, parts)
                : inconclusive(
                        parts,
                        replayed.shard().words()
                                + " ran one schedule only, as a replay, and others did not, so nothing is claimed.",
                        "Run all shards with the replay, or all of them without.");
    }

    private static void add(Map<String, String> entries, String remark) {
        entries.computeIfPresent(Result.LINE, (key, line) -> line + "; " + remark);
        entries.computeIfPresent(
                Result.STORY,
                (key, story) -> story + "\n\n" + Character.toUpperCase(remark.charAt(0)) + remark.substring(1) + ".");
    }

    private static Map<String, String> otherwise(Part part, List<Part> parts) {
        Map<String, String> entries = copy(part, parts);
        entries.computeIfPresent(Result.LINE, (key, line) -> part.shard().words() + " " + line);
        return entries;
    }

    private static Map<String, String> inconclusive(List<Part> parts, String reason, String remedy) {
        String sentence = Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
        return entries(new Outcome.Inconclusive(sentence, remedy), parts);
    }

    private static Map<String, String> entries(Outcome outcome, List<Part> parts) {
        return Result.of(
                outcome, sum(parts, Result.RUNS), Duration.ofMillis(sum(parts, Result.MILLIS)), Optional.empty());
    }

    /** Takes what one shard said, without what makes it a shard. */
    private static Map<String, String> copy(Part part, List<Part> parts) {
        Map<String, String> entries = new LinkedHashMap<>(part.result().entries());
        entries.remove(Result.SHARD);
        entries.remove(Result.SHARE);
        entries.put(Result.RUNS, Long.toString(sum(parts, Result.RUNS)));
        entries.put(Result.MILLIS, Long.toString(sum(parts, Result.MILLIS)));
        return entries;
    }

    private static long sum(List<Part> parts, String key) {
        return parts.stream()
                .mapToLong(part -> Long.parseLong(part.result().entries().getOrDefault(key, "0")))
                .sum();
    }

    private static int compare(List<Integer> some, List<Integer> others) {
        for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
            int order = some.get(i).compareTo(others.get(i));
            if (order != 0) {
                return order;
            }
        }
        return some.size() - others.size();
    }
}
