package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.FaultSelection;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.ReachedBound;
import io.github.atleastonce.explore.Share;
import io.github.atleastonce.explore.SwitchBound;
import io.github.atleastonce.explore.Unsupported;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Shard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one shard has come to, as a line of text, out of which it is read again where all shards are put together. */
final class ShareForm {

    private ShareForm() {}

    /** Writes what is known of an outcome: of a pass its claim, of a failure how far the exploration had come. */
    static Optional<String> of(Outcome outcome) {
        Form form = new Form();
        if (outcome instanceof Outcome.Passed passed && passed.claim().share() != null) {
            share(form, passed.claim().share());
            claim(form, passed.claim());
        } else if (outcome instanceof Outcome.Failed failed
                && failed.effort() instanceof Effort.Searched searched
                && searched.share() != null) {
            share(form, searched.share());
            form.put("faults", searched.faults()).put("switches", searched.switches());
        }
        return form.names().isEmpty() ? Optional.empty() : Optional.of(form.toString());
    }

    /** Reads what a shard has run, if that is known. */
    static Optional<Share> share(Form form) {
        if (!form.has("shard")) {
            return Optional.empty();
        }
        List<Share.Level> levels = new ArrayList<>();
        for (String level : form.all("level")) {
            String[] sides = level.split("/");
            levels.add(new Share.Level(Long.parseLong(sides[0]), Long.parseLong(sides[1])));
        }
        Set<Share.Idle> idle = new LinkedHashSet<>();
        for (String part : form.all("idle")) {
            Form fields = Form.parse(part);
            idle.add(new Share.Idle(fields.one("service"), fields.flag("whole"), fields.one("words")));
        }
        return Optional.of(new Share(
                Shard.parse(form.one("shard")),
                Long.parseLong(form.one("firstFaults")),
                form.one("fingerprint"),
                levels,
                form.number("exhausted"),
                form.flag("everything"),
                form.number("maxFaults"),
                form.flag("everyInterleaving"),
                form.all("asked"),
                new Caveats.Seen(
                        words(form, "remark"), words(form, "expected"), words(form, "required"), words(form, "came")),
                idle,
                form.all("order").stream().map(Integer::valueOf).toList()));
    }

    /** Reads the claim of a shard that held. */
    static Claim claim(Form form) {
        Map<Fault, Integer> places = new EnumMap<>(Fault.class);
        for (String place : form.all("place")) {
            String[] sides = place.split("=");
            places.put(Fault.valueOf(sides[0]), Integer.valueOf(sides[1]));
        }
        return new Claim(
                form.number("exhausted"),
                new SwitchBound.Counted(),
                0,
                form.has("bound")
                        ? new Claim.Beyond(
                                0,
                                0,
                                new ReachedBound(
                                        form.one("bound"),
                                        form.one("boundValue"),
                                        form.flag("onPurpose"),
                                        form.has("profile") ? form.one("profile") : null))
                        : null,
                new FaultSelection(
                        faults(form, "tried"),
                        faults(form, "named"),
                        faults(form, "untried"),
                        Set.of(),
                        form.has("unsupported")
                                ? new Unsupported(faults(form, "unsupported"), form.one("unsupportedWhere"))
                                : null),
                faults(form, "absent"),
                places,
                words(form, "stepless"),
                Set.of(),
                Set.of(),
                form.has("undelivered") ? form.one("undelivered") : null,
                share(form).orElseThrow(),
                null);
    }

    /** Reads how far a shard had come when it failed. */
    static Effort.Searched effort(Form form) {
        return new Effort.Searched(form.number("faults"), 0, 0, 0, 0, form.number("switches"));
    }

    private static void share(Form form, Share share) {
        form.put("shard", share.shard())
                .put("firstFaults", share.firstFaults())
                .put("fingerprint", share.fingerprint())
                .put("exhausted", share.exhausted())
                .put("everything", share.everything())
                .put("maxFaults", share.maxFaults())
                .put("everyInterleaving", share.everyInterleaving())
                .putAll("asked", share.asked())
                .putAll("remark", share.seen().remarks())
                .putAll("expected", share.seen().expected())
                .putAll("required", share.seen().required())
                .putAll("came", share.seen().came())
                .putAll("order", share.order());
        share.levels().forEach(level -> form.put("level", level.runs() + "/" + level.schedules()));
        share.idle()
                .forEach(part -> form.put(
                        "idle",
                        new Form()
                                .put("service", part.service())
                                .put("whole", part.whole())
                                .put("words", part.words())));
    }

    private static void claim(Form form, Claim claim) {
        form.putAll("tried", claim.faults().tried())
                .putAll("named", claim.faults().required())
                .putAll("untried", claim.faults().untried())
                .putAll("absent", claim.absent())
                .putAll("place", claim.places().entrySet())
                .putAll("stepless", claim.stepless());
        Unsupported unsupported = claim.faults().unsupported();
        if (unsupported != null) {
            form.putAll("unsupported", unsupported.faults()).put("unsupportedWhere", unsupported.transport());
        }
        if (claim.undelivered() != null) {
            form.put("undelivered", claim.undelivered());
        }
        Claim.Beyond beyond = claim.beyond();
        if (beyond != null) {
            form.put("bound", beyond.bound().name())
                    .put("boundValue", beyond.bound().value())
                    .put("onPurpose", beyond.bound().onPurpose());
            String profile = beyond.bound().profile();
            if (profile != null) {
                form.put("profile", profile);
            }
        }
    }

    private static Set<Fault> faults(Form form, String name) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        form.all(name).forEach(fault -> faults.add(Fault.valueOf(fault)));
        return Collections.unmodifiableSet(faults);
    }

    private static Set<String> words(Form form, String name) {
        return new TreeSet<>(form.all(name));
    }
}
