// Two contexts by annotation of jMolecules' kind are declared here; one uses the other's inside.
// context: tickets
// context: exhibits
// breaks: contexts_should_use_only_published_contracts @ tickets → exhibits
// breaks: writes_and_sends_should_use_outbox @ shop.exhibits.Curation
// breaks: consumers_should_deduplicate @ shop.tickets.ClosureListener
package shop.exhibits.api;
public record HallClosed(String closure, String hall) {}
package shop.exhibits;
import jakarta.persistence.*;
@Entity
public class Hall {
    @Id private String name;
    private boolean open = true;
    protected Hall() {}
    public Hall(String name) { this.name = name; }
    public String name() { return name; }
    public boolean isOpen() { return open; }
    public void close() { open = false; }
}
package shop.exhibits;
public interface Halls extends org.springframework.data.repository.ListCrudRepository<Hall, String> {}
package shop.exhibits;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.transaction.annotation.Transactional;
import shop.exhibits.api.HallClosed;
public class Curation {
    private final Halls halls;
    private final RabbitTemplate rabbit;
    public Curation(Halls halls, RabbitTemplate rabbit) { this.halls = halls; this.rabbit = rabbit; }
    @Transactional
    public void close(String name) {
        halls.findById(name).filter(Hall::isOpen).ifPresent(this::close);
    }
    private void close(Hall hall) {
        hall.close();
        halls.save(hall);
        rabbit.convertAndSend("museum", "halls", new HallClosed(hall.name() + "-closed", hall.name()));
    }
}
package shop.tickets;
import jakarta.persistence.*;
@Entity
public class Refund {
    @Id @GeneratedValue private Long id;
    private String hall;
    private int cents;
    protected Refund() {}
    public Refund(String hall, int cents) { this.hall = hall; this.cents = cents; }
}
package shop.tickets;
public interface Refunds extends org.springframework.data.repository.CrudRepository<Refund, Long> {}
package shop.tickets;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import shop.exhibits.api.HallClosed;
public class ClosureListener {
    private final Refunds refunds;
    public ClosureListener(Refunds refunds) { this.refunds = refunds; }
    @RabbitListener(queues = "closures")
    public void on(HallClosed event) {
        for (int seat = 0; seat < 3; seat++) {
            refunds.save(new Refund(event.hall(), 900));
        }
    }
}
package shop.tickets;
import shop.exhibits.Halls;
public class Prices {
    private final Halls halls;
    public Prices(Halls halls) { this.halls = halls; }
    public int price() { return halls.findAll().size() * 300; }
}
