package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.kafka.junit.KafkaBroker;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Lets the listeners of a context rest between the test classes that use it: Spring keeps contexts for later, and their listeners would take the
 * records of other classes, and complain of the broker when it ends. Found by Spring through {@code META-INF/spring.factories}; does nothing
 * for classes without {@link KafkaBroker}.
 */
@API(status = API.Status.INTERNAL)
public final class ListenerRest implements TestExecutionListener, Ordered {

    /** After Spring's listeners that close contexts, whose after-class callbacks come in the opposite order: before this one. */
    private static final int ORDER = 1_000;

    /** Creates the listener; for Spring. */
    public ListenerRest() {}

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void prepareTestInstance(TestContext test) {
        with(test, ListenerContainers::resume);
    }

    @Override
    public void afterTestClass(TestContext test) {
        with(test, ListenerContainers::rest);
    }

    private static void with(TestContext test, Consumer<ListenerContainers> action) {
        if (!isOnBroker(test.getTestClass()) || !test.hasApplicationContext()) {
            return;
        }
        ApplicationContext context = test.getApplicationContext();
        if (context.containsBean(ListenerContainers.BEAN)) {
            action.accept(context.getBean(ListenerContainers.BEAN, ListenerContainers.class));
        }
    }

    private static boolean isOnBroker(Class<?> type) {
        return MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
                .withEnclosingClasses(TestContextAnnotationUtils::searchEnclosingClass)
                .from(type)
                .isPresent(KafkaBroker.class);
    }
}
