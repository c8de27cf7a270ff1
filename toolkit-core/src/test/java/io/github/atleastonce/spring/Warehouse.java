package io.github.atleastonce.spring;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** A small application that lets threads of its own work: it knows Spring, and nothing of this toolkit. */
class Warehouse {

    private final JdbcTemplate jdbc;
    private final Packing packing;
    private final Executor executor;
    private final ApplicationEventPublisher events;

    Warehouse(JdbcTemplate jdbc, Packing packing, Executor executor, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.packing = packing;
        this.executor = executor;
        this.events = events;
    }

    record Stored(String id) {}

    @Configuration
    @EnableAsync
    @EnableScheduling
    @EnableTransactionManagement
    static class Beans {

        @Bean
        PlatformTransactionManager manager(DataSource db) {
            return new JdbcTransactionManager(db);
        }

        @Bean
        ThreadPoolTaskExecutor executor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(2);
            return executor;
        }

        @Bean
        JdbcTemplate jdbc(DataSource db) {
            JdbcTemplate jdbc = new JdbcTemplate(db);
            for (String table : List.of("stored", "todo", "packed", "heartbeat")) {
                jdbc.execute("DROP TABLE IF EXISTS " + table);
                jdbc.execute("CREATE TABLE " + table + " (id VARCHAR(20), n INT DEFAULT 0)");
            }
            jdbc.update("INSERT INTO heartbeat (id) VALUES ('here')");
            return jdbc;
        }

        @Bean
        Packing packing(JdbcTemplate jdbc) {
            return new Packing(jdbc);
        }

        @Bean
        Warehouse warehouse(
                JdbcTemplate jdbc, Packing packing, ThreadPoolTaskExecutor executor, ApplicationEventPublisher events) {
            return new Warehouse(jdbc, packing, executor, events);
        }
    }

    /** An executor that is no bean. */
    @Configuration
    static class OwnExecutor implements AsyncConfigurer {

        @Override
        public Executor getAsyncExecutor() {
            return task -> new Thread(task, "own").start();
        }
    }

    /** What is done on other threads. */
    static class Packing {

        private final JdbcTemplate jdbc;
        private Thread last = Thread.currentThread();

        Packing(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Async
        public void later(String id) {
            last = Thread.currentThread();
            jdbc.update("INSERT INTO packed (id) VALUES (?)", id);
        }

        @Async
        public CompletableFuture<String> promised(String id) {
            jdbc.update("INSERT INTO packed (id) VALUES (?)", id);
            return CompletableFuture.completedFuture(id);
        }

        @Async
        @TransactionalEventListener
        public void on(Stored event) {
            later(event.id());
        }

        @Scheduled(fixedDelay = 50)
        @Transactional
        public void packWhatWaits() {
            for (String id : jdbc.queryForList("SELECT id FROM todo ORDER BY id LIMIT 1", String.class)) {
                jdbc.update("INSERT INTO packed (id) VALUES (?)", id);
                jdbc.update("DELETE FROM todo WHERE id = ?", id);
            }
        }

        @Scheduled(fixedDelay = 50)
        public void beat() {
            jdbc.update("UPDATE heartbeat SET n = n + 1");
        }

        @Scheduled(cron = "0 0 3 * * *")
        public void atNight() {
            jdbc.update("INSERT INTO packed (id) VALUES ('night')");
        }

        Thread last() {
            return last;
        }
    }

    @Transactional
    public void storeAndTellLater(String id) {
        jdbc.update("INSERT INTO stored (id) VALUES (?)", id);
        events.publishEvent(new Stored(id));
    }

    public void storeAndPackLater(String id) {
        jdbc.update("INSERT INTO stored (id) VALUES (?)", id);
        packing.later(id);
    }

    public void storeAndWait(String id) {
        packing.promised(id).join();
        jdbc.update("INSERT INTO stored (id) VALUES (?)", id);
    }

    public void storeAfterContinuations(String id) {
        CompletableFuture.supplyAsync(() -> id, executor)
                .thenApplyAsync(each -> jdbc.update("INSERT INTO packed (id) VALUES (?)", each), executor)
                .join();
        jdbc.update("INSERT INTO stored (id) VALUES (?)", id);
    }

    @Transactional
    public void storeAndNote(String id) {
        jdbc.update("INSERT INTO stored (id) VALUES (?)", id);
        jdbc.update("INSERT INTO todo (id) VALUES (?)", id);
    }

    public void storeAndNoteInTwoTransactions(String id) {
        jdbc.update("INSERT INTO stored (id) VALUES (?)", id);
        jdbc.update("INSERT INTO todo (id) VALUES (?)", id);
    }

    public List<String> stored() {
        return jdbc.queryForList("SELECT id FROM stored", String.class);
    }

    public List<String> packed() {
        return jdbc.queryForList("SELECT id FROM packed", String.class);
    }

    public void clear() {
        jdbc.update("DELETE FROM stored");
        jdbc.update("DELETE FROM todo");
        jdbc.update("DELETE FROM packed");
    }
}
