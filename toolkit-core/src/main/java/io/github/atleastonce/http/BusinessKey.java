package io.github.atleastonce.http;

import com.github.tomakehurst.wiremock.common.ListOrSingle;
import com.github.tomakehurst.wiremock.matching.MatchesJsonPathPattern;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what a request is about by a JSON path, as WireMock reads it. */
record BusinessKey(MatchesJsonPathPattern path) implements Function<LoggedRequest, @Nullable Object> {

    static BusinessKey at(String jsonPath) {
        return new BusinessKey(new MatchesJsonPathPattern(jsonPath));
    }

    @Override
    public @Nullable Object apply(LoggedRequest request) {
        try {
            ListOrSingle<String> found = path.getExpressionResult(request.getBodyAsString());
            return found == null || found.isEmpty() ? null : found.getFirst();
        } catch (RuntimeException noSuchBody) {
            return null;
        }
    }
}
