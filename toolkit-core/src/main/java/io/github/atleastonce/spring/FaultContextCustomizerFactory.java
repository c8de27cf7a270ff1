package io.github.atleastonce.spring;

import java.util.List;
import org.apiguardian.api.API;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/**
 * Lets the context of each test that Spring runs take part in runs, whether or not the test has any: only so do fault tests
 * share their contexts with other tests. Found by Spring through {@code META-INF/spring.factories}.
 */
@API(status = API.Status.INTERNAL)
public final class FaultContextCustomizerFactory implements ContextCustomizerFactory {

    /** Creates the factory; for Spring. */
    public FaultContextCustomizerFactory() {}

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configurations) {
        return new FaultContextCustomizer();
    }
}
