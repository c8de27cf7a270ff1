package io.github.atleastonce.spring;

import io.github.atleastonce.junit.TestedApplication;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** A fault test that Spring runs: the application in its context is a service of each run. */
final class SpringTest implements TestedApplication {

    private static final String NAME = "spring.application.name";

    private final ExtensionContext test;

    private SpringTest(ExtensionContext test) {
        this.test = test;
    }

    static Optional<TestedApplication> find(ExtensionContext test, String where) {
        if (!isRunBySpring(test.getRequiredTestClass())) {
            return Optional.empty();
        }
        TestTransactions.refuse(test, where);
        return Optional.of(new SpringTest(test));
    }

    private static boolean isRunBySpring(Class<?> testClass) {
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            if (AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class).stream()
                    .flatMap(extensions -> Arrays.stream(extensions.value()))
                    .anyMatch(SpringExtension.class::isAssignableFrom)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Set<Fault> faults() {
        Set<Fault> faults = EnumSet.of(Fault.CRASH);
        lives(SpringExtension.getApplicationContext(test)).forEach(lives -> faults.addAll(lives.faults()));
        return faults;
    }

    @Override
    public void join(Run run) {
        join(run, SpringExtension.getApplicationContext(test));
    }

    static void join(Run run, ApplicationContext context) {
        List<ContextLives> all = lives(context);
        if (run.faults().wants(Fault.CRASH)) {
            run.history().caveats().remark("beans keep their fields across a crash");
        }
        run.<ApplicationContext>host(name(context), life -> boot(all, life, context));
    }

    private static ApplicationContext boot(List<ContextLives> all, Life life, ApplicationContext context) {
        all.forEach(lives -> lives.boot(Run.of(life), Run.lifetime(life)));
        new ScheduledPollers(context).join(life);
        return context;
    }

    static String name(ApplicationContext context) {
        return context.getEnvironment().getProperty(NAME, "application");
    }

    /** A context may have parents, with data sources of their own. */
    static List<ContextLives> lives(ApplicationContext context) {
        List<ContextLives> all = new ArrayList<>(1);
        for (ApplicationContext next = context; next != null; next = next.getParent()) {
            if (next.containsLocalBean(ContextLives.BEAN)) {
                all.add(next.getBean(ContextLives.BEAN, ContextLives.class));
            }
        }
        return all;
    }
}
