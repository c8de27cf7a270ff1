package io.github.atleastonce.junit;

import io.github.atleastonce.channel.TransportFactory;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Says on which transport a fault test runs: an extension point, found by {@link java.util.ServiceLoader}.
 *
 * <p>List the implementation in {@code META-INF/services/io.github.atleastonce.junit.TransportProvider}, and give it a public
 * constructor without parameters. It is asked once for each fault test method, before the first invocation. Where several
 * providers answer, their transports stand side by side, and each channel goes to the one that declares it; if none does, the test runs
 * in memory.
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface TransportProvider {

    /**
     * Looks whether a test wants this provider's transport.
     *
     * @param context the context of the test method; the one of its class, where extensions keep what they have started, is
     *     its parent
     * @return the factory for all runs of the method, or empty if the test shows no sign of wanting it
     */
    Optional<TransportFactory> find(ExtensionContext context);

    /**
     * Names the settings that this provider reads, which begin with {@code atleastonce.}: any other name that begins so is refused.
     *
     * @return the names of system properties and configuration parameters
     */
    default Set<String> settings() {
        return Set.of();
    }
}
