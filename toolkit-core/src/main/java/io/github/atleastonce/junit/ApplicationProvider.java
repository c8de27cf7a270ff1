package io.github.atleastonce.junit;

import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Finds the application that the framework of a test has started, such as Spring's context: an extension point, found by
 * {@link java.util.ServiceLoader}.
 *
 * <p>List the implementation in {@code META-INF/services/io.github.atleastonce.junit.ApplicationProvider}, and give it a public
 * constructor without parameters that needs nothing which may be absent. It is asked once for each fault test method, before
 * the first invocation.
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface ApplicationProvider {

    /**
     * Looks whether a framework has started an application for a test.
     *
     * @param context the context of the test method
     * @param where the annotation and the method, for messages
     * @return the application, or empty if the test shows no sign of one
     */
    Optional<TestedApplication> find(ExtensionContext context, String where);
}
