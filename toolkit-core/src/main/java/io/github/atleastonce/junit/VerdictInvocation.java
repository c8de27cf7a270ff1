package io.github.atleastonce.junit;

import java.util.List;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** Shows an outcome that no run of the test can show, before anything of the test is run. */
final class VerdictInvocation implements TestTemplateInvocationContext, TestInstancePreConstructCallback {

    private final String name;
    private final Throwable verdict;

    VerdictInvocation(String name, Throwable verdict) {
        this.name = name;
        this.verdict = verdict;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context)
            throws Exception {
        if (verdict instanceof Error error) {
            throw error;
        }
        if (verdict instanceof Exception exception) {
            throw exception;
        }
    }
}
