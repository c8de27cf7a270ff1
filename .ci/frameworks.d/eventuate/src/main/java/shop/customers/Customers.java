package shop.customers;

import static io.eventuate.tram.commands.consumer.CommandHandlerReplyBuilder.withFailure;
import static io.eventuate.tram.commands.consumer.CommandHandlerReplyBuilder.withSuccess;

import io.eventuate.tram.commands.consumer.CommandDispatcher;
import io.eventuate.tram.commands.consumer.CommandMessage;
import io.eventuate.tram.messaging.common.Message;
import io.eventuate.tram.sagas.participant.SagaCommandDispatcherFactory;
import io.eventuate.tram.sagas.participant.SagaCommandHandlersBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles the commands of sagas. Eventuate has begun a transaction for each, in which it remembers that the command was received, and the reply is written:
 * what is done in it is done once.
 */
@Configuration
public class Customers {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public Customers(
            JdbcTemplate jdbc, PlatformTransactionManager transactions, @Value("${shop.own-transaction:false}") boolean ownTransaction) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        if (ownTransaction) {
            transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        }
    }

    @Bean
    public CommandDispatcher customersDispatcher(SagaCommandDispatcherFactory dispatchers) {
        return dispatchers.make(
                "customers",
                SagaCommandHandlersBuilder.fromChannel("customers")
                        .onMessage(ReserveCredit.class, this::reserve)
                        .onMessage(ReleaseCredit.class, this::release)
                        .build());
    }

    private Message reserve(CommandMessage<ReserveCredit> message) {
        ReserveCredit command = message.getCommand();
        Integer reserved = transaction.execute(status -> jdbc.update(
                "UPDATE customer SET credit = credit - ? WHERE id = ? AND credit >= ?",
                command.amount(),
                command.customer(),
                command.amount()));
        return reserved != null && reserved == 1 ? withSuccess() : withFailure();
    }

    private Message release(CommandMessage<ReleaseCredit> message) {
        ReleaseCredit command = message.getCommand();
        transaction.execute(status ->
                jdbc.update("UPDATE customer SET credit = credit + ? WHERE id = ?", command.amount(), command.customer()));
        return withSuccess();
    }
}
