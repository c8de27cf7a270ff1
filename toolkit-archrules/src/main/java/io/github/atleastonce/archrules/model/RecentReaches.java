package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the walks that were asked for last: rules ask for the same ones in turn, and all of them would fill the heap. */
final class RecentReaches extends LinkedHashMap<JavaCodeUnit, Reach> {

    private static final int KEPT = 2_000;

    RecentReaches() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<JavaCodeUnit, Reach> eldest) {
        return size() > KEPT;
    }
}
