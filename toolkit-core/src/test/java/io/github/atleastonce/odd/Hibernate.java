package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.OddService.odd;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OneToMany;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Services that write through Hibernate. */
final class Hibernate {

    @Entity
    @Table(name = "account")
    static class Account {
        @Id
        int id;

        int credit;

        @Version
        int version;
    }

    @Entity
    @Table(name = "inbox")
    static class Handled {
        @Id
        long id;

        long noted;
    }

    @Entity
    @Table(name = "orders")
    static class Placed {
        @Id
        long id;

        int amount;
        String status = "NEW";

        @Version
        int version;

        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
        @JoinColumn(name = "order_id", nullable = false)
        List<Line> lines = new ArrayList<>();
    }

    @Entity
    @Table(name = "line")
    static class Line {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Column(name = "number")
        Long number;

        int article;
    }

    private static final Map<Database, Started> STARTED = new EnumMap<>(Database.class);

    private record Started(DelegatingDataSource source, EntityManagerFactory factory) {}

    private Hibernate() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("Hibernate with a version", Hibernate::version),
                odd("Hibernate: a unique key says that it is known, at the flush", Hibernate::uniqueKey),
                odd("Hibernate with a lock on the row", Hibernate::pessimisticLock),
                odd("Hibernate merges what has its id already, and its lines", Hibernate::mergeWithLines),
                odd("Hibernate's StatelessSession", Hibernate::stateless),
                odd("Hibernate's connection is used by hand", Hibernate::doWork));
    }

    private static void version(Shop shop) {
        reserves(shop, (entities, order) -> {
            if (entities.find(Handled.class, order.number()) == null) {
                entities.persist(handled(order));
                entities.find(Account.class, 1).credit -= order.amount();
            }
        });
    }

    private static void uniqueKey(Shop shop) {
        shop.declare("orders");
        shop.service("shop", life -> {
            EntityManagerFactory factory = over(life.dataSource(shop.db().pool()), shop.db());
            life.subscribe("orders", Order.class, order -> {
                try {
                    factory.runInTransaction(entities -> {
                        entities.persist(handled(order));
                        entities.flush();
                        entities.find(Account.class, 1).credit -= order.amount();
                    });
                } catch (PersistenceException failure) {
                    if (!String.valueOf(failure.getMessage()).contains("inbox") || !isDuplicate(failure)) {
                        throw failure;
                    }
                }
            });
        });
        sendOne(shop);
    }

    private static void pessimisticLock(Shop shop) {
        reserves(shop, (entities, order) -> {
            Account account = entities.find(Account.class, 1, LockModeType.PESSIMISTIC_WRITE);
            if (entities.find(Handled.class, order.number()) == null) {
                entities.persist(handled(order));
                account.credit -= order.amount();
            }
        });
    }

    private static void mergeWithLines(Shop shop) {
        reserves(shop, (entities, order) -> {
            if (entities.find(Placed.class, order.number()) != null) {
                return;
            }
            Placed placed = new Placed();
            placed.id = order.number();
            placed.amount = order.amount();
            placed.lines.add(new Line());
            placed.lines.add(new Line());
            entities.persist(placed);
            entities.find(Account.class, 1).credit -= order.amount();
        });
        assertThat(shop.db().query("SELECT count(*) FROM line")).isEqualTo(2);
    }

    private static void stateless(Shop shop) {
        shop.declare("orders");
        shop.service("shop", life -> {
            EntityManagerFactory factory = over(life.dataSource(shop.db().pool()), shop.db());
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> factory.unwrap(SessionFactory.class).inStatelessTransaction(session -> {
                        Account account = session.get(Account.class, 1, org.hibernate.LockMode.PESSIMISTIC_WRITE);
                        if (session.get(Handled.class, order.number()) == null) {
                            session.insert(handled(order));
                            account.credit -= order.amount();
                            session.update(account);
                        }
                    }));
        });
        sendOne(shop);
    }

    private static void doWork(Shop shop) {
        reserves(
                shop,
                (entities, order) ->
                        entities.unwrap(Session.class).doWork(connection -> Sql.reserveOnce(connection, order)));
    }

    private static void reserves(Shop shop, BiConsumer<EntityManager, Order> handler) {
        shop.declare("orders");
        shop.service("shop", life -> {
            EntityManagerFactory factory = over(life.dataSource(shop.db().pool()), shop.db());
            life.subscribe(
                    "orders",
                    Order.class,
                    order -> factory.runInTransaction(entities -> handler.accept(entities, order)));
        });
        sendOne(shop);
    }

    private static void sendOne(Shop shop) {
        shop.send(new Order(1, 30));
        shop.scenario().settle();
        assertThat(shop.credit()).isEqualTo(70);
    }

    /** Hibernate keeps nothing from one session to the next, so all lives share what takes so long to start. */
    private static EntityManagerFactory over(DataSource ofThisLife, Database db) {
        Started started = STARTED.computeIfAbsent(db, Hibernate::start);
        started.source().setTargetDataSource(ofThisLife);
        return started.factory();
    }

    private static Started start(Database db) {
        DelegatingDataSource source = new DelegatingDataSource();
        return new Started(
                source,
                new HibernatePersistenceConfiguration("odd")
                        .properties(Map.of(
                                "jakarta.persistence.nonJtaDataSource",
                                source,
                                "hibernate.boot.allow_jdbc_metadata_access",
                                false,
                                "hibernate.dialect",
                                db == Database.H2
                                        ? "org.hibernate.dialect.H2Dialect"
                                        : "org.hibernate.dialect.PostgreSQLDialect"))
                        .managedClasses(Account.class, Handled.class, Placed.class, Line.class)
                        .createEntityManagerFactory());
    }

    private static boolean isDuplicate(PersistenceException failure) {
        return failure instanceof org.hibernate.exception.ConstraintViolationException
                || failure.getCause() instanceof org.hibernate.exception.ConstraintViolationException;
    }

    private static Handled handled(Order order) {
        Handled handled = new Handled();
        handled.id = order.number();
        return handled;
    }
}
