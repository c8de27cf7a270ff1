package io.github.atleastonce.examples.architecture.clean.order;

import io.eventuate.tram.commands.common.Command;
import io.eventuate.tram.commands.consumer.CommandWithDestination;
import io.eventuate.tram.commands.consumer.CommandWithDestinationBuilder;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSagaDsl;

/** Can undo each step before the card is charged; asking whether the customer exists needs no undo. */
class PlaceOrderSaga implements SimpleSagaDsl<PlaceOrderSaga.Data> {

    /** What the saga remembers. */
    static class Data {}

    /** Asks for something. */
    record Ask(String what) implements Command {}

    SagaDefinition<Data> definition() {
        return step().invokeLocal(this::createOrder)
                .withCompensation(this::rejectOrder)
                .step()
                .invokeParticipant(this::verifyCustomer)
                .step()
                .invokeParticipant(this::reserveCredit)
                .withCompensation(this::releaseCredit)
                .step()
                .invokeParticipant(this::authorizeCard)
                .build();
    }

    private void createOrder(Data data) {}

    private void rejectOrder(Data data) {}

    private CommandWithDestination verifyCustomer(Data data) {
        return ask("verify");
    }

    private CommandWithDestination reserveCredit(Data data) {
        return ask("reserve");
    }

    private CommandWithDestination releaseCredit(Data data) {
        return ask("release");
    }

    private CommandWithDestination authorizeCard(Data data) {
        return ask("authorize");
    }

    private static CommandWithDestination ask(String what) {
        return CommandWithDestinationBuilder.send(new Ask(what)).to(what).build();
    }
}
