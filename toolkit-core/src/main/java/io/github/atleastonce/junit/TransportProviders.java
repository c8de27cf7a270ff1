package io.github.atleastonce.junit;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.run.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Asks the providers on the class path for the transports of a test. */
final class TransportProviders {

    private TransportProviders() {}

    static Transports find(ExtensionContext context) {
        List<TransportFactory> found = new ArrayList<>();
        try {
            for (TransportProvider provider : ServiceLoader.load(TransportProvider.class)) {
                provider.find(context).ifPresent(found::add);
            }
        } catch (ServiceConfigurationError broken) {
            throw new UsageException(
                    "A TransportProvider on the class path cannot be loaded: " + broken.getMessage(), broken);
        }
        return Transports.of(found.isEmpty() ? List.of(TransportFactory.IN_MEMORY) : found);
    }

    /** Names what the providers read; one that cannot be loaded is told of where a transport is looked for. */
    static Set<String> settings() {
        Set<String> names = new TreeSet<>();
        try {
            for (TransportProvider provider : ServiceLoader.load(TransportProvider.class)) {
                names.addAll(provider.settings());
            }
        } catch (ServiceConfigurationError broken) {
            return names;
        }
        return names;
    }
}
