package io.github.atleastonce.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.test.context.MergedContextConfiguration;

/** Whatever kind of data source a bean is, each statement through it is one step. */
class DataSourceBeanTests {

    private static final String NO_FAULT = "1:";

    enum Kind {
        POOL(Pool.class),
        EMBEDDED(Embedded.class),
        SCOPED(Scoped.class),
        ROUTING_BEANS(RoutingBeans.class),
        ROUTING_OTHERS(RoutingOthers.class),
        LAZY(Lazy.class),
        TRANSACTION_AWARE(TransactionAware.class),
        FINAL(Final.class);

        final Class<?> configuration;

        Kind(Class<?> configuration) {
            this.configuration = configuration;
        }
    }

    @Configuration
    static class Pool {

        @Bean
        HikariDataSource db() {
            return H2.pool("kinds");
        }
    }

    @Configuration
    static class Embedded {

        @Bean
        EmbeddedDatabase db() {
            return new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .build();
        }
    }

    @Configuration
    static class Scoped {

        @Bean
        @Scope(value = "singleton", proxyMode = ScopedProxyMode.TARGET_CLASS)
        HikariDataSource db() {
            return H2.pool("kinds");
        }
    }

    static final class Router extends AbstractRoutingDataSource {

        Router(DataSource target) {
            setTargetDataSources(Map.of("only", target));
        }

        @Override
        protected Object determineCurrentLookupKey() {
            return "only";
        }
    }

    @Configuration
    static class RoutingBeans {

        @Bean(defaultCandidate = false)
        HikariDataSource target() {
            return H2.pool("kinds");
        }

        @Bean
        DataSource db(@Qualifier("target") DataSource target) {
            return new Router(target);
        }
    }

    @Configuration
    static class RoutingOthers {

        @Bean
        DataSource db() {
            return new Router(H2.pool("kinds"));
        }
    }

    @Configuration
    static class Lazy {

        @Bean(defaultCandidate = false)
        HikariDataSource target() {
            return H2.pool("kinds");
        }

        @Bean
        DataSource db(@Qualifier("target") DataSource target) {
            return new LazyConnectionDataSourceProxy(target);
        }
    }

    @Configuration
    static class TransactionAware {

        @Bean
        DataSource db() {
            return new TransactionAwareDataSourceProxy(H2.pool("kinds"));
        }
    }

    /** Nothing can be made a subclass of it. */
    static final class FinalDataSource extends org.springframework.jdbc.datasource.DriverManagerDataSource {

        FinalDataSource() {
            super("jdbc:h2:mem:kinds;DB_CLOSE_DELAY=-1");
        }
    }

    @Configuration
    static class Final {

        @Bean
        DataSource db() {
            return new FinalDataSource();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachStatementIsOneStep(Kind kind) throws Exception {
        try (GenericApplicationContext context = start(kind.configuration)) {
            JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
            Run run = open(NO_FAULT);
            SpringTest.join(run, context);

            run.attempt(run.services().only(), () -> jdbc.execute("SELECT 1"));

            assertThat(steps(run)).containsExactly("select");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheBodyReadsIsNoStep(Kind kind) throws Exception {
        try (GenericApplicationContext context = start(kind.configuration)) {
            JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
            Run run = open(NO_FAULT);
            SpringTest.join(run, context);

            jdbc.execute("SELECT 1");

            assertThat(steps(run)).isEmpty();
        }
    }

    @Test
    void outsideOfRunsConnectionsAreBare() throws SQLException {
        try (GenericApplicationContext context = start(Pool.class)) {
            DataSource db = context.getBean(DataSource.class);
            try (Connection before = db.getConnection()) {
                assertThat(Proxy.isProxyClass(before.getClass())).isFalse();
            }
            Run run = open(NO_FAULT);
            SpringTest.join(run, context);
            run.close();

            try (Connection after = db.getConnection()) {
                assertThat(Proxy.isProxyClass(after.getClass())).isFalse();
            }
        }
    }

    @Test
    void unwrapsToThePool() throws SQLException {
        try (GenericApplicationContext context = start(Pool.class)) {
            DataSource db = context.getBean(DataSource.class);

            assertThat(db.isWrapperFor(HikariDataSource.class)).isTrue();
            assertThat(db.unwrap(HikariDataSource.class).getMaximumPoolSize()).isEqualTo(4);
            assertThat(context.getBean(HikariDataSource.class)).isSameAs(db);
            assertThat(context.getBean(HikariDataSource.class).getMaximumPoolSize())
                    .isEqualTo(4);
        }
    }

    @Test
    void severalDataSourcesAreAllCut() throws Exception {
        try (GenericApplicationContext context = start(Two.class)) {
            Connection[] open = new Connection[2];
            Run run = open("1:crash(application#1/select)");
            SpringTest.join(run, context);

            run.attempt(run.services().only(), () -> {
                open[0] = context.getBean("one", DataSource.class).getConnection();
                open[1] = context.getBean("other", DataSource.class).getConnection();
                open[0].createStatement().execute("SELECT 1");
            });

            assertThat(open[0].isClosed()).isTrue();
            assertThat(open[1].isClosed()).isTrue();
        }
    }

    @Configuration
    static class Two {

        @Bean
        HikariDataSource one() {
            return H2.pool("one");
        }

        @Bean
        DataSource other() {
            JdbcDataSource bare = new JdbcDataSource();
            bare.setURL("jdbc:h2:mem:other");
            return bare;
        }
    }

    @Test
    void parentsTakePart() throws Exception {
        try (GenericApplicationContext parent = start(Pool.class);
                GenericApplicationContext child = start(Child.class, parent)) {
            JdbcTemplate jdbc = new JdbcTemplate(parent.getBean(DataSource.class));
            Run run = open(NO_FAULT);
            SpringTest.join(run, child);

            run.attempt(run.services().only(), () -> jdbc.execute("SELECT 1"));

            assertThat(steps(run)).containsExactly("select");
        }
    }

    @Configuration
    static class Child {}

    private static GenericApplicationContext start(Class<?> configuration, GenericApplicationContext... parents) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        for (GenericApplicationContext parent : parents) {
            context.setParent(parent);
        }
        context.register(configuration);
        new FaultContextCustomizerFactory()
                .createContextCustomizer(DataSourceBeanTests.class, List.of())
                .customizeContext(
                        context, new MergedContextConfiguration(DataSourceBeanTests.class, null, null, null, null));
        context.refresh();
        return context;
    }

    private static Run open(String token) {
        Run run = new Run(ScheduleToken.parse(token).schedule(), Set.of(Fault.CRASH), Bounds.DEFAULT, new Caveats());
        Scenario.open(run, TransportFactory.IN_MEMORY);
        return run;
    }

    private static List<String> steps(Run run) {
        return run.history()
                .of(Event.Stepped.class)
                .map(stepped -> stepped.step().name())
                .toList();
    }
}
