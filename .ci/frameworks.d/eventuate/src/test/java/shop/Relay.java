package shop;

import io.eventuate.common.id.ApplicationIdGenerator;
import io.eventuate.common.jdbc.EventuateSchema;
import io.eventuate.common.jdbc.OutboxPartitioningSpec;
import io.eventuate.common.jdbc.OutboxTableSuffix;
import io.eventuate.common.jdbc.sqldialect.DefaultEventuateSqlDialect;
import io.eventuate.local.common.BinlogEntryHandler;
import io.eventuate.local.polling.ParallelPollingChannels;
import io.eventuate.local.polling.PollingDao;
import io.eventuate.local.polling.spec.PollingSpecForAll;
import io.eventuate.tram.cdc.connector.BinlogEntryToMessageConverter;
import io.eventuate.tram.cdc.connector.MessageWithDestination;
import io.eventuate.tram.cdc.connector.MessageWithDestinationPublishingStrategy;
import io.github.atleastonce.run.Life;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/** The polling reader of Eventuate's CDC service for one outbox. It polls when the scenario lets it, instead of on a thread of its own. */
final class Relay {

    private static final int ROWS = 1000;

    private final MessageWithDestinationPublishingStrategy strategy = new MessageWithDestinationPublishingStrategy();
    private final PollingDao reader;
    private final BinlogEntryHandler<?> outbox;

    Relay(Life life, DataSource database) {
        reader = new PollingDao(
                new SimpleMeterRegistry(),
                "jdbc:h2:mem",
                life.dataSource(database),
                ROWS,
                1,
                0,
                0,
                "reader",
                new DefaultEventuateSqlDialect("0"),
                1L,
                new ParallelPollingChannels(Set.of()),
                OutboxPartitioningSpec.DEFAULT);
        outbox = reader.addBinlogEntryHandler(
                new EventuateSchema(),
                "message",
                new BinlogEntryToMessageConverter(new ApplicationIdGenerator()),
                message -> publish(life, message));
    }

    private CompletableFuture<?> publish(Life life, MessageWithDestination message) {
        life.send(strategy.topicFor(message), strategy.partitionKeyFor(message), new Wire(strategy.toJson(message)));
        return CompletableFuture.completedFuture(null);
    }

    /** Relays what is new, and says whether there was anything. */
    boolean poll() {
        return reader.processEvents(outbox, new PollingSpecForAll(), new OutboxTableSuffix(null)) > 0;
    }
}
