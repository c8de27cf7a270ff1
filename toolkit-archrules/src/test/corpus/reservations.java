// A layered Spring Boot service on Kafka and JPA: table reservations of a restaurant.
// breaks: writes_and_sends_should_use_outbox @ shop.service.ReservationService
// breaks: consumers_should_deduplicate @ shop.messaging.DepositListener
// breaks: listeners_should_not_swallow_exceptions @ shop.messaging.ReviewListener
// breaks: handlers_should_not_call_remotes @ shop.messaging.GuestListener
// breaks: events_should_be_immutable @ shop.messaging.ReservationMade
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class ReservationsApplication {}
package shop.entity;
import jakarta.persistence.*;
import java.time.LocalDateTime;
@Entity
@Table(name = "reservation")
public class Reservation {
    public enum Status { REQUESTED, CONFIRMED, CANCELLED }
    @Id @GeneratedValue private Long id;
    private String guest;
    private LocalDateTime at;
    private int seats;
    @Enumerated(EnumType.STRING) private Status status = Status.REQUESTED;
    private int deposit;
    protected Reservation() {}
    public Reservation(String guest, LocalDateTime at, int seats) { this.guest = guest; this.at = at; this.seats = seats; }
    public Long getId() { return id; }
    public String getGuest() { return guest; }
    public int getDeposit() { return deposit; }
    public void setDeposit(int deposit) { this.deposit = deposit; }
    public Status getStatus() { return status; }
    public void confirm() { status = Status.CONFIRMED; }
    public void cancel() { status = Status.CANCELLED; }
}
package shop.entity;
import jakarta.persistence.*;
@Entity
public class GuestProfile {
    @Id private String email;
    private String name;
    private int visits;
    protected GuestProfile() {}
    public GuestProfile(String email, String name) { this.email = email; this.name = name; }
    public String getEmail() { return email; }
    public void rename(String name) { this.name = name; }
}
package shop.entity;
import jakarta.persistence.*;
@Entity
public class Review {
    @Id private String reviewId;
    private String text;
    private int stars;
    protected Review() {}
    public Review(String reviewId, String text, int stars) { this.reviewId = reviewId; this.text = text; this.stars = stars; }
}
package shop.repository;
import org.springframework.data.jpa.repository.JpaRepository;
import shop.entity.Reservation;
public interface ReservationRepository extends JpaRepository<Reservation, Long> {}
package shop.repository;
import org.springframework.data.jpa.repository.JpaRepository;
import shop.entity.GuestProfile;
public interface GuestProfileRepository extends JpaRepository<GuestProfile, String> {}
package shop.repository;
import org.springframework.data.jpa.repository.JpaRepository;
import shop.entity.Review;
public interface ReviewRepository extends JpaRepository<Review, String> {}
package shop.messaging;
public class ReservationMade {
    private Long reservationId;
    private String guest;
    private int seats;
    public ReservationMade() {}
    public ReservationMade(Long reservationId, String guest, int seats) { this.reservationId = reservationId; this.guest = guest; this.seats = seats; }
    public Long getReservationId() { return reservationId; }
    public void setReservationId(Long reservationId) { this.reservationId = reservationId; }
    public String getGuest() { return guest; }
    public void setGuest(String guest) { this.guest = guest; }
    public int getSeats() { return seats; }
    public void setSeats(int seats) { this.seats = seats; }
}
package shop.messaging;
public record DepositReceived(String paymentId, long reservationId, int amount) {}
package shop.messaging;
public record ReviewWritten(String reviewId, String text, int stars) {}
package shop.messaging;
public record GuestRegistered(String email) {}
package shop.service;
import org.slf4j.*;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.entity.Reservation;
import shop.messaging.ReservationMade;
import shop.repository.ReservationRepository;
@Service
public class ReservationService {
    private static final Logger log = LoggerFactory.getLogger(ReservationService.class);
    private final ReservationRepository reservations;
    private final KafkaTemplate<String, Object> kafkaTemplate;
    public ReservationService(ReservationRepository reservations, KafkaTemplate<String, Object> kafkaTemplate) { this.reservations = reservations; this.kafkaTemplate = kafkaTemplate; }
    @Transactional
    public Reservation reserve(String guest, java.time.LocalDateTime at, int seats) {
        Reservation saved = reservations.save(new Reservation(guest, at, seats));
        ReservationMade message = new ReservationMade(saved.getId(), guest, seats);
        kafkaTemplate.send("reservations", String.valueOf(saved.getId()), message)
                .whenComplete((result, failure) -> { if (failure != null) { log.error("could not publish {}", message, failure); } });
        return saved;
    }
    @Transactional
    public void cancel(long id) { reservations.findById(id).ifPresent(Reservation::cancel); }
}
package shop.web;
import org.springframework.web.bind.annotation.*;
import shop.service.ReservationService;
@RestController
@RequestMapping("/reservations")
public class ReservationController {
    private final ReservationService service;
    public ReservationController(ReservationService service) { this.service = service; }
    @PostMapping
    public Long reserve(@RequestParam String guest, @RequestParam int seats) { return service.reserve(guest, java.time.LocalDateTime.now(), seats).getId(); }
    @DeleteMapping("/{id}")
    public void cancel(@PathVariable long id) { service.cancel(id); }
}
package shop.messaging;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import shop.repository.ReservationRepository;
@Component
public class DepositListener {
    private final ReservationRepository reservations;
    DepositListener(ReservationRepository reservations) { this.reservations = reservations; }
    @KafkaListener(topics = "deposits", groupId = "reservations")
    @Transactional
    public void onDeposit(DepositReceived event) {
        var reservation = reservations.findById(event.reservationId()).orElseThrow();
        reservation.setDeposit(reservation.getDeposit() + event.amount());
        reservations.save(reservation);
    }
}
package shop.messaging;
import org.slf4j.*;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;
import shop.entity.Review;
import shop.repository.ReviewRepository;
@Component
public class ReviewListener {
    private static final Logger log = LoggerFactory.getLogger(ReviewListener.class);
    private final ReviewRepository reviews;
    ReviewListener(ReviewRepository reviews) { this.reviews = reviews; }
    @KafkaListener(topics = "reviews", groupId = "reservations")
    public void onReview(@Payload ReviewWritten event) {
        try {
            reviews.save(new Review(event.reviewId(), event.text(), event.stars()));
        } catch (Exception e) {
            log.warn("review {} was not stored", event.reviewId(), e);
        }
    }
}
package shop.messaging;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;
import shop.entity.GuestProfile;
import shop.repository.GuestProfileRepository;
@Component
public class GuestListener {
    private final GuestProfileRepository profiles;
    private final RestTemplate rest;
    GuestListener(GuestProfileRepository profiles, RestTemplate rest) { this.profiles = profiles; this.rest = rest; }
    @KafkaListener(topics = "guests", groupId = "reservations")
    public void onGuest(GuestRegistered event) {
        String name = rest.getForObject("http://crm/guests/{email}/name", String.class, event.email());
        profiles.save(new GuestProfile(event.email(), name));
    }
}
