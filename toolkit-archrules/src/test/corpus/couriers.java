// Spring Cloud Stream with function beans and StreamBridge.
// breaks: writes_and_sends_should_use_outbox @ shop.couriers.TourService
// breaks: consumers_should_deduplicate @ shop.couriers.Bindings
// breaks: handlers_should_not_call_remotes @ shop.couriers.AddressBindings
package shop.couriers;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class CouriersApplication {}
package shop.couriers;
import jakarta.persistence.*;
@Entity
public class Tour {
    @Id @GeneratedValue Long id;
    String courier;
    String parcel;
    boolean done;
    Tour() {}
    Tour(String courier, String parcel) { this.courier = courier; this.parcel = parcel; }
}
package shop.couriers;
public interface Tours extends org.springframework.data.repository.CrudRepository<Tour, Long> {
    java.util.Optional<Tour> findByParcel(String parcel);
}
package shop.couriers;
public record ParcelHandedIn(String parcel, String address) {}
package shop.couriers;
public record TourPlanned(String parcel, String courier) {}
package shop.couriers;
public record ParcelDelivered(String parcel, String signature) {}
package shop.couriers;
public record AddressCorrected(String parcel, String street) {}
package shop.couriers;
public record AddressVerified(String parcel, String street, boolean known) {}
package shop.couriers;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
@Service
public class TourService {
    private final Tours tours;
    private final StreamBridge bridge;
    TourService(Tours tours, StreamBridge bridge) { this.tours = tours; this.bridge = bridge; }
    @Transactional
    public void replan(String parcel, String courier) {
        Tour tour = tours.findByParcel(parcel).orElseThrow();
        tour.courier = courier;
        tours.save(tour);
        bridge.send("tourPlanned-out-0", new TourPlanned(parcel, courier));
    }
    @Transactional
    public void finish(String parcel) {
        tours.findByParcel(parcel).ifPresent(tour -> { tour.done = true; tours.save(tour); });
    }
    @Transactional
    public void plan(String parcel, String address) {
        tours.save(new Tour(address.substring(0, 2), parcel));
    }
}
package shop.couriers;
import org.springframework.web.bind.annotation.*;
@RestController
class TourController {
    private final TourService service;
    TourController(TourService service) { this.service = service; }
    @PostMapping("/tours/{parcel}/courier")
    void replan(@PathVariable String parcel, @RequestBody String courier) { service.replan(parcel, courier); }
}
package shop.couriers;
import java.util.function.Consumer;
import org.springframework.context.annotation.*;
@Configuration
public class Bindings {
    @Bean
    public Consumer<ParcelHandedIn> parcelHandedIn(TourService service) { return event -> service.plan(event.parcel(), event.address()); }
    @Bean
    public Consumer<ParcelDelivered> parcelDelivered(TourService service) { return event -> service.finish(event.parcel()); }
}
package shop.couriers;
import java.util.function.Function;
import org.springframework.context.annotation.*;
import org.springframework.web.client.RestClient;
@Configuration
public class AddressBindings {
    @Bean
    public Function<AddressCorrected, AddressVerified> verifyAddress(RestClient.Builder builder) {
        RestClient client = builder.baseUrl("http://addresses").build();
        return event -> {
            Boolean known = client.get().uri("/known?street={s}", event.street()).retrieve().body(Boolean.class);
            return new AddressVerified(event.parcel(), event.street(), Boolean.TRUE.equals(known));
        };
    }
}
