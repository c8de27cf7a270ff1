package shop;

import io.eventuate.tram.consumer.common.MessageConsumerImplementation;
import io.eventuate.tram.messaging.consumer.MessageHandler;
import io.eventuate.tram.messaging.consumer.MessageSubscription;
import io.eventuate.tram.spring.consumer.common.TramConsumerCommonConfiguration;
import io.github.atleastonce.run.Life;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * An application and its database. Its context is booted once and serves all lives, since neither Eventuate nor the shop keep anything in it: what it asks of
 * the database and what it consumes are those of the present life.
 */
final class Application {

    private final DataSource database = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;DATABASE_TO_LOWER=TRUE", "sa", "");
    private final Map<String, MessageHandler> handlers = new LinkedHashMap<>();
    private final ConfigurableApplicationContext context;
    private DataSource present = database;

    Application(Class<?> application, Map<String, Object> properties) {
        new ResourceDatabasePopulator(new ClassPathResource("tables.sql")).execute(database);
        context = new SpringApplicationBuilder(application, TramConsumerCommonConfiguration.class)
                .registerShutdownHook(false)
                .logStartupInfo(false)
                .properties(properties)
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(DataSource.class, PresentDatabase::new);
                    beans.registerBean(MessageConsumerImplementation.class, Channels::new);
                })
                .run();
    }

    /** Lets a life be served from now on. */
    ConfigurableApplicationContext serve(Life life) {
        present = life.dataSource(database);
        handlers.forEach((channel, handler) -> life.subscribe(channel, Wire.class, wire -> handler.accept(wire.message())));
        return context;
    }

    DataSource database() {
        return database;
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(database);
    }

    private final class PresentDatabase extends AbstractDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            return present.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return present.getConnection(user, password);
        }
    }

    /** The channels of the scenario, in the place of Eventuate's consumer for Kafka. */
    private final class Channels implements MessageConsumerImplementation {

        @Override
        public MessageSubscription subscribe(String subscriber, Set<String> channels, MessageHandler handler) {
            channels.forEach(channel -> handlers.put(channel, handler));
            return () -> {};
        }

        @Override
        public String getId() {
            return "scenario";
        }

        @Override
        public void close() {}
    }
}
