package io.github.atleastonce.junit;

import java.util.List;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** Shows an outcome that no run of the test can show, before anything of the test is run. */
final class OutcomeInvocation implements TestTemplateInvocationContext, TestInstancePreConstructCallback {

    private final String name;
    private final Throwable shown;

    OutcomeInvocation(String name, Throwable shown) {
        this.name = name;
        this.shown = shown;
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
        if (shown instanceof Error error) {
            throw error;
        }
        if (shown instanceof Exception exception) {
            throw exception;
        }
    }
}
