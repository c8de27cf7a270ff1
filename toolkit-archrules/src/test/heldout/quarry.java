// Two services in one build, each with an application of its own.
// breaks: contexts_should_use_only_published_contracts @ billing → weighing
// breaks: events_should_not_expose_entities @ shop.weighing.api.TruckWeighed
// breaks: saga_steps_before_pivot_should_compensate @ shop.billing.SaleSaga
package shop.weighing;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class WeighingApplication {}
package shop.weighing;
import jakarta.persistence.*;
@Entity
public class Load { @Id private String truck; private int kilos; protected Load() {} public Load(String truck, int kilos) { this.truck = truck; this.kilos = kilos; } public int getKilos() { return kilos; } }
package shop.weighing.api;
public record TruckWeighed(String truck, java.util.Map<String, shop.weighing.Load> loads) {}
package shop.weighing;
public class Scales { public int tare(String truck) { return truck.length() * 1000; } }
package shop.weighing;
public class Gate {
    private final org.springframework.jms.core.JmsTemplate jms;
    public Gate(org.springframework.jms.core.JmsTemplate jms) { this.jms = jms; }
    public void pass(String truck, int kilos) { jms.convertAndSend("weighed", new shop.weighing.api.TruckWeighed(truck, java.util.Map.of(truck, new Load(truck, kilos)))); }
}
package shop.billing;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class BillingApplication {}
package shop.billing;
public class Rates {
    private final shop.weighing.Scales scales = new shop.weighing.Scales();
    int rate(String truck, int kilos) { return (kilos - scales.tare(truck)) * 2; }
}
package shop.billing;
public class WeighedListener {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    public WeighedListener(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @org.springframework.jms.annotation.JmsListener(destination = "weighed")
    public void on(shop.weighing.api.TruckWeighed event) { jdbc.update("update bill set closed = true where truck = ?", event.truck()); }
}
package shop.billing;
import io.eventuate.tram.commands.consumer.*;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSaga;
public class SaleSaga implements SimpleSaga<SaleSaga.Data> {
    public static class Data { public String truck; }
    private final SagaDefinition<Data> definition = step()
            .invokeParticipant(this::reserveStone)
            .step()
            .invokeParticipant(this::reserveTruck)
            .withCompensation(this::releaseTruck)
            .step()
            .invokeParticipant(this::charge)
            .build();
    @Override
    public SagaDefinition<Data> getSagaDefinition() { return definition; }
    private CommandWithDestination reserveStone(Data data) { return to("quarry", data); }
    private CommandWithDestination reserveTruck(Data data) { return to("trucks", data); }
    private CommandWithDestination releaseTruck(Data data) { return to("trucks", data); }
    private CommandWithDestination charge(Data data) { return to("bank", data); }
    private static CommandWithDestination to(String channel, Data data) { return CommandWithDestinationBuilder.send(new Move(data.truck)).to(channel).build(); }
}
package shop.billing;
public record Move(String truck) implements io.eventuate.tram.commands.common.Command {}
