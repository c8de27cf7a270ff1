// Sagas of Eventuate Tram, one orchestrator a class: excursions.
package shop.sagas;
import io.eventuate.tram.commands.consumer.*;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
// The guide stays reserved when the bus is full.
// breaks: saga_steps_before_pivot_should_compensate @ shop.sagas.BookExcursionSaga
public class BookExcursionSaga implements SimpleSaga<BookExcursionSaga.Data> {
    public static class Data { public String id; }
    private final SagaDefinition<Data> definition = step().invokeLocal(this::open).withCompensation(this::cancel)
            .step().invokeParticipant(this::reserveGuide)
            .step().invokeParticipant(this::reserveBus).withCompensation(this::releaseBus)
            .step().invokeLocal(this::confirm).build();
    public SagaDefinition<Data> getSagaDefinition() { return definition; }
    private void open(Data data) {} private void cancel(Data data) {} private void confirm(Data data) {}
    private CommandWithDestination reserveGuide(Data data) { return Sends.to("guides"); } private CommandWithDestination reserveBus(Data data) { return Sends.to("buses"); } private CommandWithDestination releaseBus(Data data) { return Sends.to("buses"); }
}
package shop.sagas;
import io.eventuate.tram.commands.consumer.*;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
// What cannot be undone comes last, and what only asks needs no undoing.
public class CancelExcursionSaga implements SimpleSaga<CancelExcursionSaga.Data> {
    public static class Data { public String id; }
    private final SagaDefinition<Data> definition = step().invokeParticipant(this::findBooking)
            .step().invokeParticipant(this::releaseGuide).withCompensation(this::reserveGuide)
            .step().invokeParticipant(this::refund)
            .step().invokeLocal(this::close).build();
    public SagaDefinition<Data> getSagaDefinition() { return definition; }
    private void close(Data data) {}
    private CommandWithDestination findBooking(Data data) { return Sends.to("bookings"); } private CommandWithDestination releaseGuide(Data data) { return Sends.to("guides"); }
    private CommandWithDestination reserveGuide(Data data) { return Sends.to("guides"); } private CommandWithDestination refund(Data data) { return Sends.to("bank"); }
}
package shop.sagas;
import io.eventuate.tram.commands.consumer.*;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
// Put together in a method, a step at a time; the seat is blocked for good when the meal is sold out.
// breaks: saga_steps_before_pivot_should_compensate @ shop.sagas.UpgradeSaga
public class UpgradeSaga implements SimpleSaga<UpgradeSaga.Data> {
    public static class Data { public String id; }
    public SagaDefinition<Data> getSagaDefinition() {
        return step().invokeParticipant(data -> Sends.to("seats"))
                .step().invokeParticipant(this::orderMeal).withCompensation(this::cancelMeal)
                .step().invokeParticipant(this::charge).build();
    }
    private CommandWithDestination orderMeal(Data data) { return Sends.to("meals"); } private CommandWithDestination cancelMeal(Data data) { return Sends.to("meals"); } private CommandWithDestination charge(Data data) { return Sends.to("bank"); }
}
package shop.sagas;
import io.eventuate.tram.commands.consumer.*;
final class Sends {
    private Sends() {} static CommandWithDestination to(String channel) { return CommandWithDestinationBuilder.send(new Reserve(channel)).to(channel).build(); }
}
package shop.sagas;
public record Reserve(String what) implements io.eventuate.tram.commands.common.Command {}
package shop.guides;
import io.eventuate.tram.commands.consumer.*;
// The framework remembers what it has handled.
public class GuideCommands {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    GuideCommands(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public CommandHandlers handlers() { return CommandHandlersBuilder.fromChannel("guides").onMessage(shop.sagas.Reserve.class, this::reserve).build(); }
    private io.eventuate.tram.messaging.common.Message reserve(CommandMessage<shop.sagas.Reserve> message) {
        jdbc.update("update guide set trips = trips + 1 where id = ?", message.getCommand().what());
        return CommandHandlerReplyBuilder.withSuccess();
    }
}
