package io.github.atleastonce.archrules.contract;

import io.github.atleastonce.archrules.model.Compatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which changes from one shape to another break readers. */
final class ShapeChanges {

    private final Map<String, Property> accepted;
    private final Map<String, Property> present;
    private final Compatibility wanted;

    ShapeChanges(Map<String, Property> accepted, Map<String, Property> present, Compatibility wanted) {
        this.accepted = accepted;
        this.present = present;
        this.wanted = wanted;
    }

    List<String> breaks() {
        List<String> lines = new ArrayList<>();
        for (Property old : accepted.values()) {
            Property same = present.get(old.path());
            if (same == null) {
                missing(old).ifPresent(lines::add);
            } else if (!same.type().equals(old.type())) {
                lines.add("retyped " + old.path() + ": " + old.type() + " → " + same.type());
            } else if (wanted.backward() && same.required() && !old.required()) {
                lines.add("newly required " + old.path());
            }
        }
        for (Property added : present.values()) {
            if (wanted.backward()
                    && added.required()
                    && !accepted.containsKey(added.path())
                    && added.aliases().stream().noneMatch(accepted::containsKey)) {
                lines.add("newly required " + added.path() + ": " + added.type());
            }
        }
        return lines;
    }

    private Optional<String> missing(Property old) {
        for (Property candidate : present.values()) {
            if (candidate.aliases().contains(old.path()) && candidate.type().equals(old.type())) {
                return Optional.empty();
            }
        }
        if (isInsideOfMissing(old)) {
            return Optional.empty();
        }
        Optional<String> renamed = renamed(old)
                .map(to -> "renamed " + old.path() + " → " + to + " (perhaps): no @JsonAlias keeps the old name");
        if (renamed.isPresent()) {
            return renamed;
        }
        boolean breaks = old.isConstant() ? wanted.backward() : wanted.forward();
        return breaks ? Optional.of("removed " + old.path() + ": " + old.type()) : Optional.empty();
    }

    /** A guess that is only made if one property of that type went and one came at the same place. */
    private Optional<String> renamed(Property old) {
        List<String> gone = unmatched(old, accepted, present);
        List<String> come = unmatched(old, present, accepted);
        return gone.size() == 1 && come.size() == 1 && !old.isConstant() ? Optional.of(come.get(0)) : Optional.empty();
    }

    private static List<String> unmatched(Property like, Map<String, Property> in, Map<String, Property> other) {
        return in.values().stream()
                .filter(property -> !other.containsKey(property.path())
                        && property.type().equals(like.type())
                        && property.parent().equals(like.parent()))
                .map(Property::path)
                .toList();
    }

    /** Said once, at the outermost property that is gone. */
    private boolean isInsideOfMissing(Property old) {
        for (Property outer : accepted.values()) {
            if (!outer.equals(old)
                    && !present.containsKey(outer.path())
                    && (old.path().startsWith(outer.path() + ".")
                            || old.path().startsWith(outer.path() + "[].")
                            || old.path().startsWith(outer.path() + "="))) {
                return true;
            }
        }
        return false;
    }
}
