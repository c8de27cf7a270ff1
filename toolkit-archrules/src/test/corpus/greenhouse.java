// SmallRye reactive messaging on CDI, hexagonal: a greenhouse.
package shop.domain;
public record ClimateMeasured(String house, double degrees, java.time.Instant at) {}
package shop.domain;
// breaks: events_should_be_immutable @ shop.domain.AlarmRaised
public class AlarmRaised {
    public String house; public String level;
    public AlarmRaised() {} public AlarmRaised(String house, String level) { this.house = house; this.level = level; }
}
package shop.domain;
public record WindowOpened(String house) {}
package shop.domain;
import jakarta.persistence.*;
@Entity
public class Measurement {
    @Id @GeneratedValue Long id; String house; double degrees;
    protected Measurement() {} public Measurement(String house, double degrees) { this.house = house; this.degrees = degrees; }
}
package shop.domain;
import jakarta.persistence.*;
@Entity
public class House {
    @Id private String name; private boolean open;
    protected House() {} public House(String name, boolean open) { this.name = name; this.open = open; }
    public void close() { open = false; }
}
package shop.port;
public interface Alarms { void raise(shop.domain.AlarmRaised alarm); }
package shop.port;
public interface Houses { void store(shop.domain.House house); void add(shop.domain.Measurement measurement); }
package shop.adapter.out;
import org.eclipse.microprofile.reactive.messaging.*;
@jakarta.enterprise.context.ApplicationScoped
class EmittedAlarms implements shop.port.Alarms {
    @jakarta.inject.Inject @Channel("alarms") Emitter<shop.domain.AlarmRaised> emitter;
    public void raise(shop.domain.AlarmRaised alarm) { emitter.send(alarm); }
}
package shop.adapter.out;
@jakarta.enterprise.context.ApplicationScoped
class StoredHouses implements shop.port.Houses {
    @jakarta.inject.Inject jakarta.persistence.EntityManager em;
    public void store(shop.domain.House house) { em.merge(house); }
    public void add(shop.domain.Measurement measurement) { em.persist(measurement); }
}
package shop.application;
// The row commits when the method has returned, and by then the alarm is out.
// breaks: writes_and_sends_should_use_outbox @ shop.application.ClimateService
@jakarta.enterprise.context.ApplicationScoped
public class ClimateService {
    private final shop.port.Houses houses; private final shop.port.Alarms alarms;
    @jakarta.inject.Inject public ClimateService(shop.port.Houses houses, shop.port.Alarms alarms) { this.houses = houses; this.alarms = alarms; }
    @jakarta.transaction.Transactional
    public void measured(String house, double degrees) {
        houses.add(new shop.domain.Measurement(house, degrees));
        if (degrees > 40) { alarms.raise(new shop.domain.AlarmRaised(house, "hot")); }
    }
}
package shop.adapter.in;
import org.eclipse.microprofile.reactive.messaging.Incoming;
// breaks: consumers_should_deduplicate @ shop.adapter.in.ClimateConsumer
@jakarta.enterprise.context.ApplicationScoped
class ClimateConsumer {
    @jakarta.inject.Inject shop.application.ClimateService climate;
    @Incoming("climate") @io.smallrye.common.annotation.Blocking
    void on(shop.domain.ClimateMeasured event) { climate.measured(event.house(), event.degrees()); }
}
package shop.adapter.in;
import org.eclipse.microprofile.reactive.messaging.Incoming;
// The key is the name of the house.
@jakarta.enterprise.context.ApplicationScoped
class WindowConsumer {
    @jakarta.inject.Inject shop.port.Houses houses;
    @Incoming("windows") @io.smallrye.common.annotation.Blocking @jakarta.transaction.Transactional
    void on(shop.domain.WindowOpened event) { houses.store(new shop.domain.House(event.house(), true)); }
}
package shop.adapter.in;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.*;
// First the acknowledgement, then the work.
// breaks: listeners_should_acknowledge_after_the_work @ shop.adapter.in.EarlyConsumer
@jakarta.enterprise.context.ApplicationScoped
class EarlyConsumer {
    @jakarta.inject.Inject shop.port.Houses houses;
    @Incoming("windows-early")
    CompletionStage<Void> on(Message<shop.domain.WindowOpened> message) {
        CompletionStage<Void> acknowledged = message.ack();
        houses.store(new shop.domain.House(message.getPayload().house(), true));
        return acknowledged;
    }
}
package shop.adapter.in;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.*;
@jakarta.enterprise.context.ApplicationScoped
class OrderlyConsumer {
    @jakarta.inject.Inject shop.port.Houses houses;
    @Incoming("windows-orderly")
    CompletionStage<Void> on(Message<shop.domain.WindowOpened> message) {
        try { houses.store(new shop.domain.House(message.getPayload().house(), true)); return message.ack(); }
        catch (RuntimeException e) { return message.nack(e); }
    }
}
package shop.adapter.in;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.*;
// From one channel to another.
@jakarta.enterprise.context.ApplicationScoped
class AlarmProcessor {
    @Incoming("climate-all") @Outgoing("alarms-out")
    Uni<shop.domain.AlarmRaised> process(shop.domain.ClimateMeasured event) { return Uni.createFrom().item(new shop.domain.AlarmRaised(event.house(), event.degrees() > 40 ? "hot" : "none")); }
}
package shop.adapter.in;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Incoming;
// breaks: listeners_should_not_swallow_exceptions @ shop.adapter.in.ForgivingConsumer
@jakarta.enterprise.context.ApplicationScoped
class ForgivingConsumer {
    private static final java.util.logging.Logger LOG = java.util.logging.Logger.getLogger("forgiving");
    @jakarta.inject.Inject shop.port.Houses houses;
    @Incoming("windows-forgiving")
    Uni<Void> on(shop.domain.WindowOpened event) {
        return Uni.createFrom().voidItem().invoke(() -> houses.store(new shop.domain.House(event.house(), true)))
                .onFailure().invoke(failure -> LOG.warning(failure.getMessage())).onFailure().recoverWithNull();
    }
}
package shop.adapter.in;
import org.eclipse.microprofile.reactive.messaging.Incoming;
// breaks: handlers_should_not_call_remotes @ shop.adapter.in.MotorConsumer
@jakarta.enterprise.context.ApplicationScoped
class MotorConsumer {
    private final jakarta.ws.rs.client.WebTarget motors;
    MotorConsumer(jakarta.ws.rs.client.WebTarget motors) { this.motors = motors; }
    @Incoming("windows-motor") void on(shop.domain.WindowOpened event) { motors.path(event.house()).request().put(jakarta.ws.rs.client.Entity.text("open")); }
}
