package io.github.atleastonce.junit;

import io.github.atleastonce.run.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Asks the providers on the class path for the applications of a test. */
final class Applications {

    private Applications() {}

    static List<TestedApplication> find(ExtensionContext context, String where) {
        List<TestedApplication> found = new ArrayList<>(1);
        try {
            for (ApplicationProvider provider : ServiceLoader.load(ApplicationProvider.class)) {
                provider.find(context, where).ifPresent(found::add);
            }
        } catch (ServiceConfigurationError broken) {
            throw new UsageException(
                    "An ApplicationProvider on the class path cannot be loaded: " + broken.getMessage(), broken);
        }
        return found;
    }
}
