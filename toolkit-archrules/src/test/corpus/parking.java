// contracts of two services in one build; the baseline knows an older shape.
// context: gate
// context: tariff
// baseline: EntryGranted
// baseline:   lane: string
// baseline:   plate: string
// baseline:   season: boolean
// breaks: event_contracts_should_stay_compatible @ EntryGranted
// breaks: contexts_should_use_only_published_contracts @ tariff → gate
// breaks: events_should_be_immutable @ shop.gate.events.ExitPaid
package shop.gate.events;
public record EntryGranted(String plate, String lane) {}
package shop.gate.events;
import java.util.*;
public class ExitPaid {
    private final String plate;
    private int cents;
    public ExitPaid(String plate, int cents) { this.plate = plate; this.cents = cents; }
    public String getPlate() { return plate; }
    public int getCents() { return cents; }
    public void addTip(int more) { this.cents += more; }
}
package shop.gate.internal;
public class Lanes { public int open() { return 3; } }
package shop.gate;
import org.springframework.jms.core.JmsTemplate;
import shop.gate.events.*;
public class Barrier {
    private final JmsTemplate jms;
    public Barrier(JmsTemplate jms) { this.jms = jms; }
    public void enter(String plate, String lane) { jms.convertAndSend("entries", new EntryGranted(plate, lane)); }
    public void leave(String plate, int cents) { jms.convertAndSend("exits", new ExitPaid(plate, cents)); }
}
package shop.tariff;
public class Occupancy {
    private final shop.gate.internal.Lanes lanes;
    public Occupancy(shop.gate.internal.Lanes lanes) { this.lanes = lanes; }
    public double rate() { return lanes.open() > 2 ? 1.0 : 1.5; }
}
package shop.tariff;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.annotation.JmsListener;
import shop.gate.events.EntryGranted;
public class EntryListener {
    private final JdbcTemplate jdbc;
    public EntryListener(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @JmsListener(destination = "entries")
    public void on(EntryGranted event) {
        jdbc.update("insert into stay (plate, since) select ?, now() where not exists (select 1 from stay where plate = ?)", event.plate(), event.plate());
    }
}
