package io.github.atleastonce.junit;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.run.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Asks the providers on the class path for the transport of a test. */
final class Transports {

    private Transports() {}

    static TransportFactory find(ExtensionContext context) {
        List<TransportFactory> found = new ArrayList<>();
        try {
            for (TransportProvider provider : ServiceLoader.load(TransportProvider.class)) {
                provider.find(context).ifPresent(found::add);
            }
        } catch (ServiceConfigurationError broken) {
            throw new UsageException(
                    "A TransportProvider on the class path cannot be loaded: " + broken.getMessage(), broken);
        }
        if (found.size() > 1) {
            throw new UsageException("Several transports want this test, " + found
                    + ", and it can have only one: remove all but one of the annotations that ask for them.");
        }
        return found.isEmpty() ? TransportFactory.IN_MEMORY : found.get(0);
    }
}
