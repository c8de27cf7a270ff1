package io.github.atleastonce.examples.tablequeue;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.TransportProvider;
import io.github.atleastonce.queue.Queues;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the fault tests of a class send to the queue {@code packing} in the table {@code task}. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@interface TaskTable {

    /** Found by the service loader. */
    final class Provider implements TransportProvider {

        @Override
        public Optional<TransportFactory> find(ExtensionContext context) {
            return context.getRequiredTestClass().isAnnotationPresent(TaskTable.class)
                    ? Optional.of(new Queues(
                            "in a table", new TableQueue(PostgreSql.shared().pool(), Set.of("packing"))))
                    : Optional.empty();
        }
    }
}
