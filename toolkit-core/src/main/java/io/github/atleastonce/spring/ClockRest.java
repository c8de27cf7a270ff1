package io.github.atleastonce.spring;

import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Lets the schedulers of a context that was part of runs rest between the test classes that use it: Spring keeps contexts for later, and the relay of an outbox would send
 * what a failed run has left to other classes, or to a broker that has ended. Found by Spring through {@code META-INF/spring.factories}.
 */
@API(status = API.Status.INTERNAL)
public final class ClockRest implements TestExecutionListener, Ordered {

    /** After Spring's listeners that close contexts, whose after-class callbacks come in the opposite order: before this one. */
    private static final int ORDER = 1_100;

    /** Creates the listener; for Spring. */
    public ClockRest() {}

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void prepareTestInstance(TestContext test) {
        with(test, Clockwork::resume);
    }

    @Override
    public void afterTestClass(TestContext test) {
        with(test, Clockwork::rest);
    }

    private static void with(TestContext test, Consumer<Clockwork> action) {
        if (test.hasApplicationContext()) {
            SpringTest.lives(test.getApplicationContext()).forEach(lives -> action.accept(lives.clockwork()));
        }
    }
}
