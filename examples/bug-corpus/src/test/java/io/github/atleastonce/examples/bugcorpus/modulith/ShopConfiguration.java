package io.github.atleastonce.examples.bugcorpus.modulith;

import io.github.atleastonce.run.Life;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.modulith.events.FailedEventPublications;
import org.springframework.modulith.events.ResubmissionOptions;
import org.springframework.modulith.events.config.StalenessProperties;
import org.springframework.modulith.events.core.EventPublicationRegistry;

/**
 * The shop's Spring context. Listeners run on the thread that commits (Spring's own {@code SyncTaskExecutor}) or on a pool that the scenario
 * follows; what the library does on a scheduler's thread, declaring publications stale, is done by a timer of the life, with the same call.
 */
@Configuration(proxyBeanMethods = false)
@Import({Orders.class, ShopConfiguration.Library.class})
class ShopConfiguration {

    static final Duration CHECK = Duration.ofMinutes(1);

    private static final Map<String, Object> TABLES_ARE_THERE =
            Map.of("spring.modulith.events.jdbc.schema-initialization.enabled", false);

    /** Picks the library's own configurations, and those of Boot that it stands on: each life starts faster than with all. */
    static class Library implements DeferredImportSelector {
        @Override
        public String[] selectImports(AnnotationMetadata shop) {
            return new String[] {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
                "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
                "org.springframework.modulith.events.jackson.JacksonEventSerializationConfiguration",
                "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration",
                "org.springframework.modulith.events.config.EventPublicationAutoConfiguration"
            };
        }
    }

    /** Starts a life: a context of its own, over the life's data source and clock. */
    static AnnotationConfigApplicationContext start(
            Life life, DataSource db, Class<?> listener, Map<String, Object> properties, TaskExecutor executor) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("schema", TABLES_ARE_THERE));
        context.registerBean(Life.class, () -> life);
        context.registerBean("taskExecutor", TaskExecutor.class, () -> executor);
        context.registerBean(DataSource.class, () -> life.dataSource(db));
        context.registerBean("clock", Clock.class, () -> life.clock().withZone(ZoneOffset.UTC));
        context.register(ShopConfiguration.class, listener);
        context.refresh();
        return context;
    }

    /** Does each minute what the staleness monitor does, and resubmits what has failed. */
    static void resubmitEachMinute(Life life, AnnotationConfigApplicationContext context) {
        life.after(CHECK, () -> {
            resubmitEachMinute(life, context);
            context.getBean(EventPublicationRegistry.class)
                    .markStalePublicationsFailed(context.getBean(StalenessProperties.class));
            context.getBean(FailedEventPublications.class).resubmit(ResubmissionOptions.defaults());
        });
    }
}
