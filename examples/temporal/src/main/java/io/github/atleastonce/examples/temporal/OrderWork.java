package io.github.atleastonce.examples.temporal;

import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The activities: credit and parcels in a database, payments at a third party. Each may be asked for more than once. */
final class OrderWork implements OrderActivities {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Payments payments;
    private final Care care;
    private volatile boolean troubled;

    OrderWork(DataSource db, Payments payments, Care care) {
        this.jdbc = new JdbcTemplate(db);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(db));
        this.payments = payments;
        this.care = care;
    }

    /** Says whether the database has failed since this worker has started. */
    boolean isTroubled() {
        return troubled;
    }

    @Override
    public void reserve(PlaceOrder order) {
        try {
            transaction.executeWithoutResult(status -> {
                boolean first = jdbc.update(
                                "INSERT INTO reservation (id, amount) VALUES (?, ?) ON CONFLICT DO NOTHING",
                                key(order),
                                order.amount())
                        == 1;
                if (first || care == Care.RESERVES_WITHOUT_A_KEY) {
                    addCredit(order.customer(), -order.amount());
                }
            });
        } catch (DataAccessException | TransactionException failure) {
            troubled = true;
            throw failure;
        }
    }

    @Override
    public void release(PlaceOrder order) {
        transaction.executeWithoutResult(status -> {
            boolean first = jdbc.update("DELETE FROM reservation WHERE id = ?", key(order)) == 1;
            if (first || care == Care.COMPENSATION_NOT_IDEMPOTENT) {
                addCredit(order.customer(), order.amount());
            }
        });
    }

    private void addCredit(String customer, int amount) {
        jdbc.update("UPDATE customer SET credit = credit + ? WHERE id = ?", amount, customer);
    }

    @Override
    public void charge(PlaceOrder order) {
        payments.charge(
                order.order(),
                care == Care.NEW_KEY_FOR_EACH_ATTEMPT ? UUID.randomUUID().toString() : key(order));
    }

    @Override
    public void refund(PlaceOrder order) {
        payments.refund(order.order());
    }

    @Override
    public void pack(PlaceOrder order) {
        if (order.item().equals("unicorn")) {
            throw ApplicationFailure.newNonRetryableFailure(order.item() + " is out of stock.", "OutOfStock");
        }
        jdbc.update("INSERT INTO parcel (order_id) VALUES (?) ON CONFLICT DO NOTHING", order.order());
    }

    private String key(PlaceOrder order) {
        return care == Care.WORKFLOW_ID_USED_AGAIN
                ? Objects.requireNonNull(
                        Activity.getExecutionContext().getInfo().getWorkflowRunId())
                : order.order();
    }
}
