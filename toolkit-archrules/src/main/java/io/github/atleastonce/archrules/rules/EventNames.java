package io.github.atleastonce.archrules.rules;

import java.util.List;
import java.util.Set;

/** Reads camel-case names as English, as far as suffixes and a list of irregular verbs go. */
final class EventNames {

    private static final Set<String> IRREGULAR = Set.of(
            "begun",
            "bought",
            "broken",
            "brought",
            "built",
            "cast",
            "caught",
            "chosen",
            "cut",
            "done",
            "drawn",
            "fallen",
            "felt",
            "found",
            "forgotten",
            "frozen",
            "given",
            "gone",
            "got",
            "gotten",
            "grown",
            "held",
            "hit",
            "kept",
            "known",
            "laid",
            "left",
            "lent",
            "let",
            "lost",
            "made",
            "met",
            "overdrawn",
            "overridden",
            "paid",
            "put",
            "read",
            "rebuilt",
            "redone",
            "reset",
            "resent",
            "risen",
            "run",
            "rerun",
            "seen",
            "sent",
            "set",
            "shown",
            "shut",
            "sold",
            "spent",
            "split",
            "spoken",
            "stolen",
            "stood",
            "taken",
            "taught",
            "told",
            "thrown",
            "torn",
            "understood",
            "undone",
            "upset",
            "withdrawn",
            "withheld",
            "won",
            "worn",
            "written",
            "overdue",
            "ready",
            "out",
            "up");

    private static final Set<String> NO_PARTICIPLE = Set.of(
            "feed",
            "need",
            "seed",
            "speed",
            "bed",
            "embed",
            "red",
            "shed",
            "breed",
            "exceed",
            "proceed",
            "succeed",
            "indeed",
            "unneeded",
            "led",
            "med",
            "ted",
            "id");

    private EventNames() {}

    static boolean tellsThePast(String name) {
        return tokens(name).stream().anyMatch(EventNames::isParticiple);
    }

    static boolean endsInParticiple(String name) {
        List<String> tokens = tokens(name);
        String last = tokens.isEmpty() ? "" : tokens.get(tokens.size() - 1);
        return tokens.size() > 1 && last.endsWith("ed") && isParticiple(last);
    }

    private static boolean isParticiple(String token) {
        return IRREGULAR.contains(token)
                || token.endsWith("ed") && token.length() > 3 && !NO_PARTICIPLE.contains(token);
    }

    private static List<String> tokens(String name) {
        return List.of(name.replaceAll("(V\\d+|Event|Message|Dto)$", "")
                        .split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_$]"))
                .stream()
                .map(token -> token.toLowerCase(java.util.Locale.ROOT))
                .toList();
    }
}
