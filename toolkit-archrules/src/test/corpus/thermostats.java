// SmallRye Reactive Messaging, Mutiny, Panache-like plain JPA.
// breaks: consumers_should_deduplicate @ shop.heat.MeasurementIntake
// breaks: listeners_should_not_swallow_exceptions @ shop.heat.AlarmIntake
// breaks: writes_and_sends_should_use_outbox @ shop.heat.ScheduleResource
// breaks: listeners_should_acknowledge_after_the_work @ shop.heat.FirmwareIntake
package shop.heat;
import jakarta.persistence.*;
@Entity
public class Measurement {
    @Id @GeneratedValue public Long id;
    public String device;
    public double celsius;
}
package shop.heat;
import jakarta.persistence.*;
@Entity
public class Device {
    @Id public String name;
    public String firmware;
    public boolean alarmed;
}
package shop.heat;
import jakarta.persistence.*;
@Entity
public class HeatingPlan {
    @Id public String device;
    public double target;
}
package shop.heat;
public record Measured(String device, double celsius) {}
package shop.heat;
public record AlarmRaised(String device) {}
package shop.heat;
public record TargetSet(String device, double celsius) {}
package shop.heat;
public record FirmwareInstalled(String device, String version) {}
package shop.heat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
@ApplicationScoped
public class MeasurementIntake {
    @Inject EntityManager em;
    @Incoming("measurements")
    @Transactional
    public void store(Measured measured) {
        Measurement row = new Measurement();
        row.device = measured.device();
        row.celsius = measured.celsius();
        em.persist(row);
    }
}
package shop.heat;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.*;
@ApplicationScoped
public class AlarmIntake {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmIntake.class);
    @Inject EntityManager em;
    @Incoming("alarms")
    public Uni<Void> alarm(AlarmRaised raised) {
        return Uni.createFrom().item(() -> { mark(raised.device()); return raised; })
                .onFailure().invoke(e -> LOG.error("alarm of {} not stored", raised.device(), e))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }
    private void mark(String device) { em.find(Device.class, device).alarmed = true; }
}
package shop.heat;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.*;
import org.eclipse.microprofile.reactive.messaging.*;
@Path("/plans")
public class ScheduleResource {
    @Inject EntityManager em;
    @Inject @Channel("targets") Emitter<TargetSet> targets;
    @PUT
    @Path("/{device}")
    @Transactional
    public void set(@PathParam("device") String device, double celsius) {
        HeatingPlan plan = new HeatingPlan();
        plan.device = device;
        plan.target = celsius;
        em.merge(plan);
        targets.send(new TargetSet(device, celsius));
    }
}
package shop.heat;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.*;
public class FirmwareIntake {
    @Inject EntityManager em;
    @Incoming("firmware")
    public CompletionStage<Void> installed(Message<FirmwareInstalled> message) {
        CompletionStage<Void> acked = message.ack();
        Device device = new Device();
        device.name = message.getPayload().device();
        device.firmware = message.getPayload().version();
        em.merge(device);
        return acked;
    }
}
package shop.heat;
import org.eclipse.microprofile.reactive.messaging.*;
public class Averages {
    @Incoming("measurements-2")
    @Outgoing("averages")
    public TargetSet convert(Measured measured) { return new TargetSet(measured.device(), Math.rint(measured.celsius())); }
}
