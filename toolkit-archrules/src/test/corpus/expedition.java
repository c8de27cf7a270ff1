// Eventuate Tram: an orchestrated saga whose second step cannot be undone, and one that can.
// taken back: saga_steps_before_pivot_should_compensate @ shop.sagas.ExpeditionSaga, since packing may be the pivot: nothing says that charging can fail
// breaks: consumers_should_deduplicate @ shop.guides.GuideMailbox
package shop.sagas;
public class ExpeditionData {
    private String expedition;
    private String guide;
    public ExpeditionData() {}
    public ExpeditionData(String expedition, String guide) { this.expedition = expedition; this.guide = guide; }
    public String getExpedition() { return expedition; }
    public String getGuide() { return guide; }
}
package shop.guides;
public record ReserveGuide(String guide, String expedition) implements io.eventuate.tram.commands.common.Command {}
package shop.guides;
public record ReleaseGuide(String guide, String expedition) implements io.eventuate.tram.commands.common.Command {}
package shop.gear;
public record PackGear(String expedition) implements io.eventuate.tram.commands.common.Command {}
package shop.bank;
public record ChargeDeposit(String expedition) implements io.eventuate.tram.commands.common.Command {}
package shop.sagas;
import static io.eventuate.tram.commands.consumer.CommandWithDestinationBuilder.send;
import io.eventuate.tram.commands.consumer.CommandWithDestination;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
import shop.bank.ChargeDeposit;
import shop.gear.PackGear;
import shop.guides.*;
public class ExpeditionSaga implements SimpleSaga<ExpeditionData> {
    private final SagaDefinition<ExpeditionData> definition =
            step()
                    .invokeParticipant(this::reserveGuide)
                    .withCompensation(this::releaseGuide)
            .step()
                    .invokeParticipant(this::packGear)
            .step()
                    .invokeParticipant(this::chargeDeposit)
            .build();
    @Override
    public SagaDefinition<ExpeditionData> getSagaDefinition() { return definition; }
    private CommandWithDestination reserveGuide(ExpeditionData data) { return send(new ReserveGuide(data.getGuide(), data.getExpedition())).to("guides").build(); }
    private CommandWithDestination releaseGuide(ExpeditionData data) { return send(new ReleaseGuide(data.getGuide(), data.getExpedition())).to("guides").build(); }
    private CommandWithDestination packGear(ExpeditionData data) { return send(new PackGear(data.getExpedition())).to("gear").build(); }
    private CommandWithDestination chargeDeposit(ExpeditionData data) { return send(new ChargeDeposit(data.getExpedition())).to("bank").build(); }
}
package shop.sagas;
import static io.eventuate.tram.commands.consumer.CommandWithDestinationBuilder.send;
import io.eventuate.tram.commands.consumer.CommandWithDestination;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
import shop.bank.ChargeDeposit;
import shop.guides.*;
public class DayTripSaga implements SimpleSaga<ExpeditionData> {
    @Override
    public SagaDefinition<ExpeditionData> getSagaDefinition() {
        return step()
                    .invokeParticipant(this::reserve)
                    .withCompensation(this::release)
                .step()
                    .invokeParticipant(this::charge)
                .build();
    }
    private CommandWithDestination reserve(ExpeditionData data) { return send(new ReserveGuide(data.getGuide(), data.getExpedition())).to("guides").build(); }
    private CommandWithDestination release(ExpeditionData data) { return send(new ReleaseGuide(data.getGuide(), data.getExpedition())).to("guides").build(); }
    private CommandWithDestination charge(ExpeditionData data) { return send(new ChargeDeposit(data.getExpedition())).to("bank").build(); }
}
package shop.guides;
import jakarta.persistence.*;
@Entity
public class Roster {
    @Id private String guide;
    private String expedition;
    private int reservations;
    protected Roster() {}
    public void reserve(String expedition) { this.expedition = expedition; this.reservations++; }
    public void release() { this.expedition = null; }
}
package shop.guides;
public interface Rosters extends org.springframework.data.repository.CrudRepository<Roster, String> {}
package shop.guides;
import static io.eventuate.tram.commands.consumer.CommandHandlerReplyBuilder.*;
import io.eventuate.tram.commands.consumer.*;
import io.eventuate.tram.messaging.common.Message;
import io.eventuate.tram.sagas.participant.SagaCommandHandlersBuilder;
public class GuideCommandHandlers {
    private final Rosters rosters;
    public GuideCommandHandlers(Rosters rosters) { this.rosters = rosters; }
    public CommandHandlers commandHandlers() {
        return SagaCommandHandlersBuilder.fromChannel("guides")
                .onMessage(ReserveGuide.class, this::reserve)
                .onMessage(ReleaseGuide.class, this::release)
                .build();
    }
    private Message reserve(CommandMessage<ReserveGuide> message) {
        Roster roster = rosters.findById(message.getCommand().guide()).orElseThrow();
        roster.reserve(message.getCommand().expedition());
        rosters.save(roster);
        return withSuccess();
    }
    private Message release(CommandMessage<ReleaseGuide> message) {
        rosters.findById(message.getCommand().guide()).ifPresent(roster -> { roster.release(); rosters.save(roster); });
        return withSuccess();
    }
}
package shop.guides;
public record LetterReceived(String guide, String text) {}
package shop.guides;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
public class GuideMailbox {
    private final NamedParameterJdbcTemplate jdbc;
    public GuideMailbox(NamedParameterJdbcTemplate jdbc) { this.jdbc = jdbc; }
    @RabbitListener(queues = "letters")
    public void receive(LetterReceived letter) {
        jdbc.update("insert into letter (guide, text) values (:guide, :text)", java.util.Map.of("guide", letter.guide(), "text", letter.text()));
    }
}
