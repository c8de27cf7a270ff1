// Spring Data MongoDB and Spring Kafka: barrels and bottles.
// breaks: consumers_should_deduplicate @ shop.cellar.TastingListener
// breaks: writes_and_sends_should_use_outbox @ shop.cellar.Bottling
// breaks: listeners_should_not_swallow_exceptions @ shop.cellar.TemperatureListener
// breaks: events_should_be_immutable @ shop.cellar.BarrelMoved
package shop.cellar;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
@Document
public class Barrel {
    @Id private final String number;
    private String row;
    private double celsius;
    private int litres;
    public Barrel(String number, String row, int litres) { this.number = number; this.row = row; this.litres = litres; }
    public String getNumber() { return number; }
    public int getLitres() { return litres; }
    public void setRow(String row) { this.row = row; }
    public void setCelsius(double celsius) { this.celsius = celsius; }
    public void draw(int taken) { litres -= taken; }
    public void empty() { litres = 0; }
}
package shop.cellar;
public interface Barrels extends org.springframework.data.mongodb.repository.MongoRepository<Barrel, String> {}
package shop.cellar;
public class BarrelMoved {
    private String barrel;
    private String row;
    public String getBarrel() { return barrel; }
    public void setBarrel(String barrel) { this.barrel = barrel; }
    public String getRow() { return row; }
    public void setRow(String row) { this.row = row; }
}
package shop.cellar;
public record WineTasted(String barrel, int glasses) {}
package shop.cellar;
public record TemperatureTaken(String barrel, double celsius) {}
package shop.cellar;
public record BarrelEmptied(String barrel, int bottles) {}
package shop.cellar;
import org.springframework.kafka.annotation.KafkaListener;
public class MoveListener {
    private final Barrels barrels;
    public MoveListener(Barrels barrels) { this.barrels = barrels; }
    @KafkaListener(topics = "moves")
    public void on(BarrelMoved event) {
        Barrel barrel = barrels.findById(event.getBarrel()).orElseThrow();
        barrel.setRow(event.getRow());
        barrels.save(barrel);
    }
}
package shop.cellar;
import org.springframework.kafka.annotation.KafkaListener;
public class TastingListener {
    private final Barrels barrels;
    public TastingListener(Barrels barrels) { this.barrels = barrels; }
    @KafkaListener(topics = "tastings")
    public void on(WineTasted event) {
        barrels.findById(event.barrel()).map(barrel -> { barrel.draw(event.glasses() / 8); return barrel; }).ifPresent(barrels::save);
    }
}
package shop.cellar;
import org.slf4j.*;
import org.springframework.kafka.annotation.KafkaListener;
public class TemperatureListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(TemperatureListener.class);
    private final Barrels barrels;
    public TemperatureListener(Barrels barrels) { this.barrels = barrels; }
    @KafkaListener(topics = "temperatures")
    public void on(TemperatureTaken event) {
        try {
            Barrel barrel = barrels.findById(event.barrel()).orElseThrow();
            barrel.setCelsius(event.celsius());
            barrels.save(barrel);
        } catch (Exception e) {
            LOGGER.warn("no temperature for {}: {}", event.barrel(), e.getMessage());
        }
    }
}
package shop.cellar;
import org.springframework.kafka.core.KafkaTemplate;
public class Bottling {
    private final Barrels barrels;
    private final KafkaTemplate<String, Object> kafka;
    public Bottling(Barrels barrels, KafkaTemplate<String, Object> kafka) { this.barrels = barrels; this.kafka = kafka; }
    public int bottle(String number) {
        Barrel barrel = barrels.findById(number).orElseThrow();
        int bottles = barrel.getLitres() * 4 / 3;
        barrel.empty();
        barrels.save(barrel);
        kafka.send("bottlings", number, new BarrelEmptied(number, bottles));
        return bottles;
    }
}
