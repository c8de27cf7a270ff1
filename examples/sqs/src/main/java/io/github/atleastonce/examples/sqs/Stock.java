package io.github.atleastonce.examples.sqs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Takes from stock what each message says, which reads {@code order:item:pieces}. */
public final class Stock {

    private static final String ONCE = "WITH new AS (INSERT INTO taken VALUES (?) ON CONFLICT DO NOTHING RETURNING 1)"
            + " UPDATE stock SET pieces = pieces - ? WHERE item = ? AND EXISTS (SELECT FROM new)";
    private static final String EACH_TIME = "UPDATE stock SET pieces = pieces - ? WHERE item = ?";

    private final SqsClient sqs;
    private final String queue;
    private final DataSource db;
    private final boolean remembersOrders;

    /**
     * Creates a worker.
     *
     * @param sqs the client of this worker
     * @param queue the URL of the queue
     * @param db where the stock is kept
     * @param remembersOrders whether it knows an order again; one that does not takes "exactly-once" of FIFO queues for more than it is: the queue drops what is
     *     sent twice, and still delivers again what was not deleted
     */
    public Stock(SqsClient sqs, String queue, DataSource db, boolean remembersOrders) {
        this.sqs = sqs;
        this.queue = queue;
        this.db = db;
        this.remembersOrders = remembersOrders;
    }

    /** Handles the next order, and says whether there was one. */
    public boolean handleNext() {
        List<Message> received =
                sqs.receiveMessage(request -> request.queueUrl(queue)).messages();
        received.forEach(this::handle);
        return !received.isEmpty();
    }

    /** What cannot be handled now is to come again at once, and not when its visibility times out. */
    private void handle(Message message) {
        try {
            take(message.body().split(":"));
        } catch (SQLException failure) {
            sqs.changeMessageVisibility(request -> request.queueUrl(queue)
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout(0));
            throw new IllegalStateException(failure);
        }
        sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
    }

    private void take(String[] order) throws SQLException {
        try (Connection connection = db.getConnection();
                PreparedStatement update = connection.prepareStatement(remembersOrders ? ONCE : EACH_TIME)) {
            int next = 1;
            if (remembersOrders) {
                update.setString(next++, order[0]);
            }
            update.setInt(next++, Integer.parseInt(order[2]));
            update.setString(next, order[1]);
            update.executeUpdate();
        }
    }
}
