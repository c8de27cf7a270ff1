package io.github.atleastonce.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What users have paid, and which events were taken into account. */
final class Credits {

    private final Map<String, Integer> credits = new HashMap<>();
    private final Set<String> events = new HashSet<>();

    void change(String event, String user, int by) {
        if (events.add(event)) {
            credits.merge(user, by, Integer::sum);
        }
    }

    int of(String user) {
        return credits.getOrDefault(user, 0);
    }

    int changes() {
        return events.size();
    }
}
