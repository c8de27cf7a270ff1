// JMS with Spring's converters, Modulith-free events inside of the process, and Axon's sagas left out: a booking service.
// breaks: consumers_should_deduplicate @ shop.ferry.CheckInListener
// breaks: listeners_should_not_swallow_exceptions @ shop.ferry.WeatherListener
// breaks: handlers_should_not_call_remotes @ shop.ferry.CustomsListener
// breaks: writes_and_sends_should_use_outbox @ shop.ferry.Bookings
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.ferry.LuggageListener
package shop.ferry;
public record FerryBooked(String booking, String passenger) {}
package shop.ferry;
public record PassengerCheckedIn(String booking, int bags) {}
package shop.ferry;
public record StormExpected(String route) {}
package shop.ferry;
import org.springframework.jdbc.core.namedparam.*;
import org.springframework.jms.core.JmsMessagingTemplate;
public class Bookings {
    private final NamedParameterJdbcTemplate jdbc;
    private final JmsMessagingTemplate jms;
    public Bookings(NamedParameterJdbcTemplate jdbc, JmsMessagingTemplate jms) { this.jdbc = jdbc; this.jms = jms; }
    public String book(String passenger) {
        String booking = passenger.toUpperCase() + "-1";
        jdbc.update("insert into booking (id, passenger) values (:id, :passenger)", new MapSqlParameterSource("id", booking).addValue("passenger", passenger));
        jms.convertAndSend("bookings", new FerryBooked(booking, passenger));
        return booking;
    }
    public void checkIn(String booking, int bags) {
        Integer before = jdbc.queryForObject("select bags from booking where id = :id", java.util.Map.of("id", booking), Integer.class);
        jdbc.update("update booking set bags = bags + :bags where id = :id", java.util.Map.of("bags", bags, "id", booking));
    }
    public void delay(String route) { jdbc.update("update departure set delayed = true where route = :route", java.util.Map.of("route", route)); }
}
package shop.ferry;
import org.springframework.jms.annotation.JmsListener;
public class CheckInListener {
    private final Bookings bookings;
    public CheckInListener(Bookings bookings) { this.bookings = bookings; }
    @JmsListener(destination = "check-ins")
    public void on(PassengerCheckedIn event) { bookings.checkIn(event.booking(), event.bags()); }
}
package shop.ferry;
import org.springframework.jms.annotation.JmsListener;
public class WeatherListener {
    private final Bookings bookings;
    public WeatherListener(Bookings bookings) { this.bookings = bookings; }
    @JmsListener(destination = "weather")
    public void on(StormExpected event) {
        try {
            bookings.delay(event.route());
        } catch (RuntimeException ignored) {
        }
    }
}
package shop.ferry;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.web.client.RestClient;
public class CustomsListener {
    private final RestClient customs;
    public CustomsListener(RestClient.Builder builder) { this.customs = builder.baseUrl("https://customs").build(); }
    @JmsListener(destination = "bookings")
    public void on(FerryBooked event) {
        customs.put().uri("/passengers/{id}", event.booking()).body(event).retrieve().toBodilessEntity();
    }
}
package shop.ferry;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jms.annotation.JmsListener;
public class LuggageListener {
    private final TaskExecutor executor;
    private final Bookings bookings;
    public LuggageListener(TaskExecutor executor, Bookings bookings) { this.executor = executor; this.bookings = bookings; }
    @JmsListener(destination = "luggage")
    public void on(StormExpected event) { executor.execute(() -> bookings.delay(event.route())); }
}
