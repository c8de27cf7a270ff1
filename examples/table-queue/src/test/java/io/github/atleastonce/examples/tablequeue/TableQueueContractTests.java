package io.github.atleastonce.examples.tablequeue;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.queue.Queues;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

class TableQueueContractTests extends TransportContract {

    @BeforeAll
    static void createTable() throws SQLException {
        PostgreSql.shared().execute(TableQueue.SCHEMA);
    }

    @Override
    protected TransportFactory transport() {
        return new Queues("in a table", new TableQueue(PostgreSql.shared().pool(), Set.of(ORDERS, REPLIES)));
    }
}
