// Three contexts are declared; the third has moved to a build of its own, and nobody told the test.
// context: growing
// context: pressing
// context: bottling
// budget: pressing growing 1
// baseline: ApplesPicked
// baseline:   kilos: integer
// baseline:   tree: string
// baseline: TreeFelled
// baseline:   tree: string
// baseline: CiderPressed
// baseline:   batch: string
// baseline:   litre: integer
// breaks: architecture_should_match_code @ bottling
// breaks: foreign_events_within_budget @ pressing → growing
// breaks: event_contracts_should_stay_compatible @ ApplesPicked
package shop.growing.events;
public record ApplesPicked(String tree, String kilos) {}
package shop.growing.events;
public record TreeFelled(String tree) {}
package shop.growing;
import org.springframework.kafka.core.KafkaTemplate;
import shop.growing.events.*;
public class Orchard {
    private final KafkaTemplate<String, Object> kafka;
    public Orchard(KafkaTemplate<String, Object> kafka) { this.kafka = kafka; }
    public void weigh(String tree, double kilos) { kafka.send("apples", tree, new ApplesPicked(tree, kilos + " kg")); }
    public void fell(String tree) { kafka.send("trees", tree, new TreeFelled(tree)); }
}
package shop.pressing.events;
public record CiderPressed(String batch, @com.fasterxml.jackson.annotation.JsonAlias("litre") int litres) {}
package shop.pressing;
public interface Batches extends org.springframework.data.repository.CrudRepository<Batch, String> {}
package shop.pressing;
import jakarta.persistence.*;
@Entity
public class Batch {
    @Id private String tree;
    private String kilos;
    private boolean closed;
    protected Batch() {}
    public Batch(String tree, String kilos) { this.tree = tree; this.kilos = kilos; }
    public void close() { closed = true; }
    public boolean isClosed() { return closed; }
}
package shop.pressing;
import org.springframework.kafka.annotation.KafkaListener;
import shop.growing.events.*;
public class Press {
    private final Batches batches;
    public Press(Batches batches) { this.batches = batches; }
    @KafkaListener(topics = "apples")
    public void on(ApplesPicked event) { batches.save(new Batch(event.tree(), event.kilos())); }
    @KafkaListener(topics = "trees")
    public void on(TreeFelled event) {
        batches.findById(event.tree()).ifPresent(batch -> {
            batch.close();
            batches.save(batch);
        });
    }
}
package shop.pressing;
import org.springframework.jms.core.JmsTemplate;
public class Outlet {
    private final JmsTemplate jms;
    public Outlet(JmsTemplate jms) { this.jms = jms; }
    public void announce(String batch, int litres) { jms.convertAndSend("cider", new shop.pressing.events.CiderPressed(batch, litres)); }
}
