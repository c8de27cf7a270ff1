package io.github.atleastonce.archrules.contract;

import io.github.atleastonce.archrules.model.Compatibility;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Says which changes from one Avro schema to another break readers.
 *
 * <p>Avro's own {@link SchemaCompatibility} judges; the walk here finds the places and the words, and adds the logical types,
 * which that does not look at.
 */
final class SchemaChanges {

    private final Compatibility wanted;
    private final List<String> lines = new ArrayList<>();
    private final Set<List<Schema>> seen = new HashSet<>();

    private SchemaChanges(Compatibility wanted) {
        this.wanted = wanted;
    }

    static List<String> breaks(String accepted, String present, Compatibility wanted) {
        Schema old = AvroSchemas.schemaOf(accepted);
        Schema now = AvroSchemas.schemaOf(present);
        SchemaChanges changes = new SchemaChanges(wanted);
        changes.compare(old, now, "");
        if (changes.lines.isEmpty() && changes.breaks(old, now)) {
            changes.lines.add("changed the schema: "
                    + (changes.breaksForward(old, now) ? judged(old, now) : judged(now, old))
                            .getResult()
                            .getIncompatibilities());
        }
        return changes.lines;
    }

    private void compare(Schema old, Schema now, String path) {
        if (!seen.add(List.of(old, now))) {
            return;
        }
        if (old.getType() != now.getType()) {
            retyped(old, now, path);
            return;
        }
        switch (old.getType()) {
            case RECORD -> records(old, now, path);
            case ARRAY -> compare(old.getElementType(), now.getElementType(), path + "[]");
            case MAP -> compare(old.getValueType(), now.getValueType(), path + "{}");
            case UNION -> unions(old, now, path);
            case ENUM -> enums(old, now, path);
            default -> retyped(old, now, path);
        }
    }

    private void records(Schema old, Schema now, String path) {
        if (!old.getName().equals(now.getName())) {
            renamedType(old, now, path);
        }
        for (Field field : old.getFields()) {
            Field same = now.getField(field.name());
            Optional<Field> heir = same == null ? heirOf(field, now) : Optional.of(same);
            if (same == null && wanted.forward() && !field.hasDefaultValue()) {
                lines.add(gone(field, old, now, path));
            } else if (same == null && heir.isEmpty() && wanted.backward()) {
                guess(field, old, now)
                        .ifPresent(to -> lines.add(renamed(inside(path, field.name()), inside(path, to))));
            }
            heir.ifPresent(other -> compare(field.schema(), other.schema(), inside(path, field.name())));
        }
        for (Field field : now.getFields()) {
            if (wanted.backward()
                    && !field.hasDefaultValue()
                    && old.getField(field.name()) == null
                    && field.aliases().stream().allMatch(alias -> old.getField(alias) == null)
                    && old.getFields().stream()
                            .noneMatch(gone -> guess(gone, old, now)
                                    .filter(field.name()::equals)
                                    .isPresent())) {
                lines.add("newly required " + inside(path, field.name()) + ": " + AvroTypes.name(field.schema())
                        + ", which has no default");
            }
        }
    }

    /** The field that reads what the old one wrote. */
    private static Optional<Field> heirOf(Field old, Schema now) {
        return now.getFields().stream()
                .filter(field -> field.aliases().contains(old.name()))
                .findFirst();
    }

    private String gone(Field field, Schema old, Schema now, String path) {
        Optional<Field> heir = heirOf(field, now);
        if (heir.isPresent()) {
            return "renamed " + inside(path, field.name()) + " → "
                    + inside(path, heir.get().name())
                    + ": its alias helps new readers only, and the accepted field has no default";
        }
        return guess(field, old, now)
                .map(to -> renamed(inside(path, field.name()), inside(path, to)))
                .orElse("removed " + inside(path, field.name()) + ": " + AvroTypes.name(field.schema())
                        + ", which had no default");
    }

    private String renamed(String from, String to) {
        return "renamed " + from + " → " + to + " (perhaps): "
                + (wanted.forward() ? "readers of the accepted schema find no " + from : "no alias keeps the old name");
    }

    /** A guess that is only made if one field of that type went and one without a default came. */
    private static Optional<String> guess(Field gone, Schema old, Schema now) {
        List<Field> went = unmatched(old, now, gone.schema());
        List<Field> came = unmatched(now, old, gone.schema());
        return went.size() == 1 && came.size() == 1 && went.contains(gone)
                ? Optional.of(came.get(0).name())
                : Optional.empty();
    }

    private static List<Field> unmatched(Schema in, Schema other, Schema type) {
        return in.getFields().stream()
                .filter(field -> other.getField(field.name()) == null
                        && !field.hasDefaultValue()
                        && field.schema().equals(type)
                        && field.aliases().stream().allMatch(alias -> other.getField(alias) == null)
                        && heirOf(field, other).isEmpty())
                .toList();
    }

    private void unions(Schema old, Schema now, String path) {
        boolean same = true;
        for (Schema branch : old.getTypes()) {
            Optional<Schema> other = branchLike(branch, now);
            if (other.isPresent()) {
                compare(branch, other.get(), path);
            } else {
                same = false;
            }
        }
        same &= now.getTypes().stream()
                .allMatch(branch -> branchLike(branch, old).isPresent());
        if (!same) {
            retyped(old, now, path);
        }
    }

    private static Optional<Schema> branchLike(Schema branch, Schema union) {
        return union.getTypes().stream()
                .filter(other ->
                        other.getType() == branch.getType() && other.getName().equals(branch.getName()))
                .findFirst();
    }

    private void enums(Schema old, Schema now, String path) {
        if (!old.getName().equals(now.getName())) {
            renamedType(old, now, path);
            return;
        }
        if (wanted.forward() && breaksForward(old, now)) {
            now.getEnumSymbols().stream()
                    .filter(symbol -> !old.hasEnumSymbol(symbol))
                    .forEach(symbol -> lines.add("added " + place(path) + "=" + symbol
                            + ": readers of the accepted schema do not know it and have no default symbol"));
        }
        if (wanted.backward() && breaksBackward(old, now)) {
            old.getEnumSymbols().stream()
                    .filter(symbol -> !now.hasEnumSymbol(symbol))
                    .forEach(symbol ->
                            lines.add("removed " + place(path) + "=" + symbol + ": there is no default symbol"));
        }
    }

    private void renamedType(Schema old, Schema now, String path) {
        if (breaksForward(old, now) && wanted.forward() || breaksBackward(old, now) && wanted.backward()) {
            boolean alias = now.getAliases().contains(old.getFullName());
            lines.add("renamed " + (path.isEmpty() ? "the record" : path + ", its type") + ": "
                    + old.getFullName() + " → " + now.getFullName()
                    + (alias ? ": its alias helps new readers only" : ": no alias keeps the old name"));
        }
    }

    private void retyped(Schema old, Schema now, String path) {
        boolean forward = breaksForward(old, now);
        boolean backward = breaksBackward(old, now);
        boolean logical = AvroTypes.logicallyDiffer(old, now);
        if (forward && wanted.forward() || backward && wanted.backward() || logical) {
            String one = forward == backward || logical
                    ? ""
                    : forward ? ": readers of the accepted schema cannot read it" : ": it cannot read stored messages";
            lines.add("retyped " + place(path) + ": " + AvroTypes.name(old) + " → " + AvroTypes.name(now) + one);
        }
    }

    private boolean breaks(Schema old, Schema now) {
        return wanted.forward() && breaksForward(old, now) || wanted.backward() && breaksBackward(old, now);
    }

    private boolean breaksForward(Schema old, Schema now) {
        return judged(old, now).getType() != SchemaCompatibilityType.COMPATIBLE;
    }

    private boolean breaksBackward(Schema old, Schema now) {
        return judged(now, Schema.applyAliases(old, now)).getType() != SchemaCompatibilityType.COMPATIBLE;
    }

    private static SchemaCompatibility.SchemaPairCompatibility judged(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String place(String path) {
        return path.isEmpty() ? "the event" : path;
    }
}
