package shop.warehouse;

import static io.eventuate.tram.commands.consumer.CommandHandlerReplyBuilder.withFailure;
import static io.eventuate.tram.commands.consumer.CommandHandlerReplyBuilder.withSuccess;

import io.eventuate.tram.commands.consumer.CommandDispatcher;
import io.eventuate.tram.commands.consumer.CommandMessage;
import io.eventuate.tram.messaging.common.Message;
import io.eventuate.tram.sagas.participant.SagaCommandDispatcherFactory;
import io.eventuate.tram.sagas.participant.SagaCommandHandlersBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Packs what is in stock. */
@Configuration
public class Warehouse {

    private final JdbcTemplate jdbc;

    public Warehouse(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Bean
    public CommandDispatcher warehouseDispatcher(SagaCommandDispatcherFactory dispatchers) {
        return dispatchers.make(
                "warehouse", SagaCommandHandlersBuilder.fromChannel("warehouse").onMessage(Pack.class, this::pack).build());
    }

    private Message pack(CommandMessage<Pack> message) {
        Pack command = message.getCommand();
        if (command.item().equals("unicorn")) {
            return withFailure();
        }
        jdbc.update("INSERT INTO parcel (order_id) VALUES (?)", command.order());
        return withSuccess();
    }
}
