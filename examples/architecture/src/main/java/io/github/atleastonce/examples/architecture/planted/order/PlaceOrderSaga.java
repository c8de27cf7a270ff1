package io.github.atleastonce.examples.architecture.planted.order;

import io.eventuate.tram.commands.common.Command;
import io.eventuate.tram.commands.consumer.CommandWithDestination;
import io.eventuate.tram.commands.consumer.CommandWithDestinationBuilder;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSagaDsl;
import io.github.atleastonce.examples.architecture.Planted;

/** Reserves credit and cannot give it back when the ticket fails. */
@Planted("saga_steps_before_pivot_should_compensate")
public class PlaceOrderSaga implements SimpleSagaDsl<PlaceOrderSaga.Data> {

    /** What the saga remembers. */
    public static class Data {}

    /** Asks for something. */
    record Ask(String what) implements Command {}

    public SagaDefinition<Data> definition() {
        return step().invokeLocal(this::createOrder)
                .withCompensation(this::rejectOrder)
                .step()
                .invokeParticipant(this::reserveCredit)
                .step()
                .invokeParticipant(this::createTicket)
                .withCompensation(this::cancelTicket)
                .step()
                .invokeParticipant(this::authorizeCard)
                .build();
    }

    private void createOrder(Data data) {}

    private void rejectOrder(Data data) {}

    private CommandWithDestination reserveCredit(Data data) {
        return ask("reserve");
    }

    private CommandWithDestination createTicket(Data data) {
        return ask("create");
    }

    private CommandWithDestination cancelTicket(Data data) {
        return ask("cancel");
    }

    private CommandWithDestination authorizeCard(Data data) {
        return ask("authorize");
    }

    private static CommandWithDestination ask(String what) {
        return CommandWithDestinationBuilder.send(new Ask(what)).to(what).build();
    }
}
