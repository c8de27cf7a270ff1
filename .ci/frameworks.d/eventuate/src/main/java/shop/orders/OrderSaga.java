package shop.orders;

import static io.eventuate.tram.commands.consumer.CommandWithDestinationBuilder.send;

import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import shop.customers.ReleaseCredit;
import shop.customers.ReserveCredit;
import shop.warehouse.Pack;

/** Reserves credit and packs; what was done is taken back if a later step is refused. */
@Component
public class OrderSaga implements SimpleSaga<Order> {

    private final JdbcTemplate jdbc;
    private final SagaDefinition<Order> definition = step()
            .invokeLocal(this::insert)
            .withCompensation(order -> end(order, "REJECTED"))
            .step()
            .invokeParticipant(order -> send(new ReserveCredit(order.customer(), order.amount())).to("customers").build())
            .withCompensation(order -> send(new ReleaseCredit(order.customer(), order.amount())).to("customers").build())
            .step()
            .invokeParticipant(order -> send(new Pack(order.id(), order.item())).to("warehouse").build())
            .step()
            .invokeLocal(order -> end(order, "APPROVED"))
            .build();

    public OrderSaga(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public SagaDefinition<Order> getSagaDefinition() {
        return definition;
    }

    private void insert(Order order) {
        jdbc.update("INSERT INTO orders (id, customer, amount, state) VALUES (?, ?, ?, 'PENDING')", order.id(), order.customer(), order.amount());
    }

    private void end(Order order, String state) {
        jdbc.update("UPDATE orders SET state = ? WHERE id = ?", state, order.id());
    }
}
