package io.github.atleastonce.spring;

import io.github.atleastonce.junit.ApplicationProvider;
import io.github.atleastonce.junit.TestedApplication;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the context of a test that Spring runs take part in the runs of its fault tests. Found by the service loader. */
@API(status = API.Status.INTERNAL)
public final class SpringApplicationProvider implements ApplicationProvider {

    private static final String EXTENSION = "org.springframework.test.context.junit.jupiter.SpringExtension";

    /** Creates the provider; for the service loader. */
    public SpringApplicationProvider() {}

    @Override
    public Optional<TestedApplication> find(ExtensionContext context, String where) {
        return isSpringPresent() ? SpringTest.find(context, where) : Optional.empty();
    }

    private static boolean isSpringPresent() {
        try {
            Class.forName(EXTENSION, false, SpringApplicationProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
