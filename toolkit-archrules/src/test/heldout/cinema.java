// Two sagas: what is charged cannot be given back, and all before it has to be.
// pivot: shop.GroupSaga charge
// breaks: saga_steps_before_pivot_should_compensate @ shop.GroupSaga
package shop;
import io.eventuate.tram.commands.consumer.*;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
public class GroupSaga implements SimpleSaga<Visit> {
    private final SagaDefinition<Visit> definition = step()
            .invokeLocal(this::note)
            .withCompensation(this::forget)
            .step()
            .invokeParticipant(this::blockRow)
            .step()
            .invokeParticipant(this::charge)
            .step()
            .invokeParticipant(this::print)
            .build();
    @Override
    public SagaDefinition<Visit> getSagaDefinition() { return definition; }
    private void note(Visit visit) { visit.noted = true; }
    private void forget(Visit visit) { visit.noted = false; }
    private CommandWithDestination blockRow(Visit visit) { return CommandWithDestinationBuilder.send(new BlockRow(visit.row)).to("seats").build(); }
    private CommandWithDestination charge(Visit visit) { return CommandWithDestinationBuilder.send(new Charge(visit.row)).to("till").build(); }
    private CommandWithDestination print(Visit visit) { return CommandWithDestinationBuilder.send(new Print(visit.row)).to("printer").build(); }
}
package shop;
import io.eventuate.tram.commands.consumer.*;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
public class SeatSaga implements SimpleSaga<Visit> {
    private final SagaDefinition<Visit> definition = step()
            .invokeParticipant(this::blockRow)
            .withCompensation(this::freeRow)
            .step()
            .invokeParticipant(this::charge)
            .step()
            .invokeParticipant(this::print)
            .build();
    @Override
    public SagaDefinition<Visit> getSagaDefinition() { return definition; }
    private CommandWithDestination blockRow(Visit visit) { return CommandWithDestinationBuilder.send(new BlockRow(visit.row)).to("seats").build(); }
    private CommandWithDestination freeRow(Visit visit) { return CommandWithDestinationBuilder.send(new FreeRow(visit.row)).to("seats").build(); }
    private CommandWithDestination charge(Visit visit) { return CommandWithDestinationBuilder.send(new Charge(visit.row)).to("till").build(); }
    private CommandWithDestination print(Visit visit) { return CommandWithDestinationBuilder.send(new Print(visit.row)).to("printer").build(); }
}
package shop;
public class Visit { public String row; public boolean noted; }
package shop;
public record BlockRow(String row) implements io.eventuate.tram.commands.common.Command {}
package shop;
public record FreeRow(String row) implements io.eventuate.tram.commands.common.Command {}
package shop;
public record Charge(String row) implements io.eventuate.tram.commands.common.Command {}
package shop;
public record Print(String row) implements io.eventuate.tram.commands.common.Command {}
