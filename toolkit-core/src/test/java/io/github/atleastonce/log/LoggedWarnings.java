package io.github.atleastonce.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Whatever is logged as a warning or an error during a test. */
public final class LoggedWarnings extends AppenderBase<ILoggingEvent> implements BeforeEachCallback, AfterEachCallback {

    private final List<String> all = new CopyOnWriteArrayList<>();
    /** Threads of pools that other tests in this JVM have left behind: one that was kept waiting says so. */
    private final Set<String> strangers = new HashSet<>();

    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    /** Returns them, each with its level and who has logged it. */
    public List<String> all() {
        return all;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.endsWith(":housekeeper"))
                .forEach(strangers::add);
        root.setLevel(Level.INFO);
        setContext(logging);
        start();
        root.addAppender(this);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        root.detachAppender(this);
        root.setLevel(Level.OFF);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN) && !strangers.contains(event.getThreadName())) {
            all.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
        }
    }
}
