// Micronaut, for Kafka.
// breaks: writes_and_sends_should_use_outbox @ shop.bakery.OrderController
// breaks: consumers_should_deduplicate @ shop.bakery.CrumbListener
// breaks: events_should_be_immutable @ shop.bakery.BreadOrdered
package shop.bakery;
public class BreadOrdered {
    private String order;
    private int loaves;
    public String getOrder() { return order; }
    public void setOrder(String order) { this.order = order; }
    public int getLoaves() { return loaves; }
    public void setLoaves(int loaves) { this.loaves = loaves; }
}
package shop.bakery;
public record CrumbsSwept(int grams) {}
package shop.bakery;
public record OvenHeated(String oven, int degrees) {}
package shop.bakery;
import io.micronaut.configuration.kafka.annotation.*;
@KafkaClient
public interface OrderClient {
    @Topic("bread-orders")
    void ordered(@KafkaKey String order, BreadOrdered event);
}
package shop.bakery;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
public class OrderController {
    private final EntityManager em;
    private final OrderClient client;
    public OrderController(EntityManager em, OrderClient client) { this.em = em; this.client = client; }
    @Transactional
    public void order(String id, int loaves) {
        em.persist(new BreadOrder(id, loaves));
        BreadOrdered event = new BreadOrdered();
        event.setOrder(id);
        event.setLoaves(loaves);
        client.ordered(id, event);
    }
}
package shop.bakery;
import jakarta.persistence.*;
@Entity
public class BreadOrder {
    @Id private String id;
    private int loaves;
    protected BreadOrder() {}
    public BreadOrder(String id, int loaves) { this.id = id; this.loaves = loaves; }
}
package shop.bakery;
import io.micronaut.configuration.kafka.annotation.*;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
@KafkaListener(groupId = "bakery")
public class CrumbListener {
    private final EntityManager em;
    public CrumbListener(EntityManager em) { this.em = em; }
    @Topic("crumbs")
    @Transactional
    public void swept(CrumbsSwept event) {
        em.createNativeQuery("update floor set crumbs = crumbs + :grams").setParameter("grams", event.grams()).executeUpdate();
    }
    @Topic("ovens")
    @Transactional
    public void heated(OvenHeated event) {
        em.createQuery("update Oven o set o.degrees = :degrees where o.name = :name")
                .setParameter("degrees", event.degrees()).setParameter("name", event.oven()).executeUpdate();
    }
}
