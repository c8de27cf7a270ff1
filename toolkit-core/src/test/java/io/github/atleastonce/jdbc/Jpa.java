package io.github.atleastonce.jdbc;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Hibernate over the data source of one life, with Spring's transactions. */
final class Jpa {

    private final EntityManager entities;
    private final JpaTransactionManager transactions;

    private Jpa(EntityManagerFactory factory, DataSource db) {
        entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
        transactions = new JpaTransactionManager(factory);
        transactions.setDataSource(db);
        transactions.afterPropertiesSet();
    }

    /** Starts Hibernate without a look at the database, so that its start is no step. */
    static Jpa on(DataSource db, Class<?>... types) {
        HibernatePersistenceConfiguration configuration = new HibernatePersistenceConfiguration("test")
                .properties(Map.of(
                        "jakarta.persistence.nonJtaDataSource",
                        db,
                        "hibernate.boot.allow_jdbc_metadata_access",
                        false,
                        "hibernate.dialect",
                        "org.hibernate.dialect.PostgreSQLDialect",
                        "hibernate.jdbc.batch_size",
                        10,
                        "hibernate.order_inserts",
                        true));
        configuration.managedClasses(types);
        return new Jpa(configuration.createEntityManagerFactory(), db);
    }

    void inTransaction(Consumer<EntityManager> work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.accept(entities));
    }

    void inTransactionOfItsOwn(Consumer<EntityManager> work) {
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        own.executeWithoutResult(status -> work.accept(entities));
    }
}
