// Orders of a caterer: documents of MongoDB, a generic envelope, and a saga that keeps its own state; layered.
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class CateringApplication { public static void main(String[] args) { System.out.println(args.length); } }
package shop.document;
import org.springframework.data.mongodb.core.mapping.Document;
@Document("purchases")
public class Purchase { @org.springframework.data.annotation.Id public String id; public String dish; public String state = "NEW"; }
package shop.document;
import jakarta.persistence.*;
// The version lets the second of two writers fail, and the state says what has been done.
@Entity
public class CateringSaga {
    @Id private String id; private String step = "STARTED"; @Version private long version;
    protected CateringSaga() {} public CateringSaga(String id) { this.id = id; }
    public boolean isAt(String name) { return step.equals(name); } public void to(String name) { step = name; } public String getId() { return id; }
}
package shop.document;
public interface SagaRepository extends org.springframework.data.jpa.repository.JpaRepository<CateringSaga, String> {}
package shop.message;
// The same envelope for all that is sent.
public class Msg<T> {
    private final String id; private final T data;
    public Msg(String id, T data) { this.id = id; this.data = data; }
    public String getId() { return id; } public T getData() { return data; }
}
package shop.message;
public record DishCooked(String purchaseId) {}
package shop.message;
public record TruckLoaded(String purchaseId) {}
package shop.message;
public record LoadTruck(String purchaseId) {}
package shop.message;
public record PurchasePlaced(String purchaseId, String dish) {}
package shop.sender;
import org.springframework.kafka.core.KafkaTemplate;
// The document itself goes out in the envelope.
// breaks: events_should_not_expose_entities @ shop.message.Msg
public class PurchaseSender {
    private final KafkaTemplate<String, shop.message.Msg<shop.document.Purchase>> kafka;
    PurchaseSender(KafkaTemplate<String, shop.message.Msg<shop.document.Purchase>> kafka) { this.kafka = kafka; }
    public void send(shop.document.Purchase purchase) { kafka.send("purchases", purchase.id, new shop.message.Msg<>(purchase.id, purchase)); }
}
package shop.service;
import org.springframework.data.mongodb.core.MongoTemplate;
// breaks: writes_and_sends_should_use_outbox @ shop.service.PurchaseService
public class PurchaseService {
    private final MongoTemplate mongo; private final org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
    PurchaseService(MongoTemplate mongo, org.springframework.kafka.core.KafkaTemplate<String, Object> kafka) { this.mongo = mongo; this.kafka = kafka; }
    public void place(String dish) {
        shop.document.Purchase purchase = new shop.document.Purchase(); purchase.dish = dish;
        mongo.insert(purchase);
        kafka.send("placed", purchase.id, new shop.message.PurchasePlaced(purchase.id, dish));
    }
}
package shop.service;
import org.springframework.data.mongodb.core.MongoTemplate;
// Only the document.
public class PurchaseBook {
    private final MongoTemplate mongo;
    PurchaseBook(MongoTemplate mongo) { this.mongo = mongo; }
    public void rename(shop.document.Purchase purchase, String dish) { purchase.dish = dish; mongo.save(purchase); }
}
package shop.kafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;
// Goes on from the step it is at, and from no other.
public class SagaListener {
    private final shop.document.SagaRepository sagas;
    SagaListener(shop.document.SagaRepository sagas) { this.sagas = sagas; }
    @KafkaListener(topics = "cooked") @Transactional
    public void on(shop.message.DishCooked cooked) {
        shop.document.CateringSaga saga = sagas.findById(cooked.purchaseId()).orElseThrow();
        if (!saga.isAt("STARTED")) { return; }
        saga.to("COOKED"); sagas.save(saga);
    }
}
package shop.kafka;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.*;
import org.springframework.kafka.annotation.KafkaListener;
// Counts each delivery.
// breaks: consumers_should_deduplicate @ shop.kafka.TruckListener
public class TruckListener {
    private final MongoTemplate mongo;
    TruckListener(MongoTemplate mongo) { this.mongo = mongo; }
    @KafkaListener(topics = "loaded")
    public void on(shop.message.TruckLoaded loaded) { mongo.findAndModify(Query.query(Criteria.where("_id").is("today")), new Update().inc("trucks", 1), shop.document.Purchase.class, "statistics"); }
}
package shop.kafka;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.annotation.KafkaListener;
// The document has the id of the message's subject: a second one is the same one.
public class MirrorListener {
    private final MongoTemplate mongo;
    MirrorListener(MongoTemplate mongo) { this.mongo = mongo; }
    @KafkaListener(topics = "placed")
    public void on(shop.message.PurchasePlaced placed) {
        shop.document.Purchase mirror = new shop.document.Purchase(); mirror.id = placed.purchaseId(); mirror.dish = placed.dish();
        mongo.save(mirror, "mirror");
    }
}
