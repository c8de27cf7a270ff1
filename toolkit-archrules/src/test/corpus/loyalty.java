// Spring Cloud Stream with function beans and StreamBridge, features of one service: loyalty points.
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class LoyaltyApplication { public static void main(String[] args) { System.out.println(args.length); } }
package shop.purchases;
public record PurchaseMade(String purchaseId, String customer, long cents) {}
package shop.purchases;
public record PurchaseReturned(String purchaseId, String customer) {}
package shop.points;
public record PointsEarned(String customer, long points) {}
package shop.points;
// breaks: events_should_be_immutable @ shop.points.PointsExpired
public class PointsExpired {
    private String customer; private long points;
    public PointsExpired(String customer, long points) { this.customer = customer; this.points = points; }
    public String getCustomer() { return customer; } public long getPoints() { return points; }
    public void setPoints(long points) { this.points = points; }
}
package shop.points;
import jakarta.persistence.*;
@Entity
public class Booking {
    @Id @GeneratedValue private Long id; private String customer; private long points;
    protected Booking() {} public Booking(String customer, long points) { this.customer = customer; this.points = points; }
}
package shop.points;
import jakarta.persistence.*;
@Entity
public class Account {
    @Id private String customer; private long points; @Version private long version;
    protected Account() {} public Account(String customer) { this.customer = customer; }
    public void add(long more) { points += more; } public long points() { return points; } public void close() { points = 0; }
}
package shop.points;
public interface BookingRepository extends org.springframework.data.jpa.repository.JpaRepository<Booking, Long> {}
package shop.points;
public interface AccountRepository extends org.springframework.data.jpa.repository.JpaRepository<Account, String> {}
package shop.points;
import java.util.function.Consumer;
import org.springframework.context.annotation.*;
// breaks: consumers_should_deduplicate @ shop.points.BookingFunctions
@Configuration
class BookingFunctions {
    @Bean
    Consumer<shop.purchases.PurchaseMade> bookings(BookingRepository bookings) {
        return purchase -> bookings.save(new Booking(purchase.customer(), purchase.cents() / 100));
    }
}
package shop.points;
import java.util.function.Function;
import org.springframework.context.annotation.*;
// From one stream to another.
@Configuration
class EarningFunctions {
    @Bean
    Function<shop.purchases.PurchaseMade, PointsEarned> earnings() { return purchase -> new PointsEarned(purchase.customer(), purchase.cents() / 100); }
}
package shop.points;
import java.util.function.Function;
import org.springframework.context.annotation.*;
// What is returned is sent, what is stored is stored, and nothing holds the two together.
// breaks: writes_and_sends_should_use_outbox @ shop.points.StoringFunctions
// breaks: consumers_should_deduplicate @ shop.points.StoringFunctions
@Configuration
class StoringFunctions {
    private final BookingRepository bookings;
    StoringFunctions(BookingRepository bookings) { this.bookings = bookings; }
    @Bean
    Function<shop.purchases.PurchaseReturned, PointsExpired> corrections() {
        return returned -> { bookings.save(new Booking(returned.customer(), -1)); return new PointsExpired(returned.customer(), 1); };
    }
}
package shop.points;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
// To close an account twice is to close it.
@Component
class ClosingConsumer implements Consumer<shop.purchases.AccountClosed> {
    private final AccountRepository accounts;
    ClosingConsumer(AccountRepository accounts) { this.accounts = accounts; }
    @Transactional
    public void accept(shop.purchases.AccountClosed closed) { accounts.deleteById(closed.customer()); }
}
package shop.purchases;
public record AccountClosed(String customer) {}
package shop.points;
import java.util.function.Consumer;
import org.springframework.context.annotation.*;
import org.springframework.messaging.Message;
// breaks: listeners_should_not_swallow_exceptions @ shop.points.ReportFunctions
@Configuration
class ReportFunctions {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(ReportFunctions.class);
    @Bean
    Consumer<Message<PointsEarned>> report(Report report) {
        return message -> {
            try { report.add(message.getPayload().customer(), message.getPayload().points()); }
            catch (Exception e) { LOG.error("not reported", e); }
        };
    }
}
package shop.points;
class Report {
    private final java.util.Map<String, Long> lines = new java.util.TreeMap<>();
    void add(String customer, long points) { if (points < 0) { throw new IllegalArgumentException(customer); } lines.merge(customer, points, Long::sum); }
}
package shop.points;
import java.util.function.Consumer;
import org.springframework.context.annotation.*;
import org.springframework.kafka.support.*;
import org.springframework.messaging.Message;
// The offset is done with before the account is.
// breaks: listeners_should_acknowledge_after_the_work @ shop.points.ManualFunctions
@Configuration
class ManualFunctions {
    @Bean
    Consumer<Message<PointsEarned>> manual(AccountRepository accounts) {
        return message -> {
            message.getHeaders().get(KafkaHeaders.ACKNOWLEDGMENT, Acknowledgment.class).acknowledge();
            accounts.deleteById(message.getPayload().customer());
        };
    }
}
package shop.points;
import java.util.function.Function;
import org.springframework.context.annotation.*;
// Only words for the page: no message comes in here.
@Configuration
class PageFunctions {
    @Bean("pageTitle") java.util.function.UnaryOperator<String> title() { return name -> "Points of " + name; }
    @Bean java.util.function.Supplier<String> footer() { return () -> "all rights reserved"; }
    Function<Account, Long> points() { return Account::points; }
}
package shop.rewards;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.transaction.annotation.Transactional;
// breaks: writes_and_sends_should_use_outbox @ shop.rewards.RewardDesk
class RewardDesk {
    private final shop.points.BookingRepository bookings; private final StreamBridge bridge;
    RewardDesk(shop.points.BookingRepository bookings, StreamBridge bridge) { this.bookings = bookings; this.bridge = bridge; }
    @Transactional
    public void redeem(String customer, long points) {
        bookings.save(new shop.points.Booking(customer, -points));
        bridge.send("expirations-out-0", new shop.points.PointsExpired(customer, points));
    }
}
package shop.rewards;
import org.springframework.cloud.stream.function.StreamBridge;
// Says it, and stores nothing.
class RewardNews {
    private final StreamBridge bridge; private final shop.points.AccountRepository accounts;
    RewardNews(StreamBridge bridge, shop.points.AccountRepository accounts) { this.bridge = bridge; this.accounts = accounts; }
    @org.springframework.scheduling.annotation.Scheduled(cron = "0 0 8 * * MON") public void tell() {
        accounts.findAll().forEach(account -> bridge.send("news-out-0", "you have " + account.points()));
    }
}
package shop.rewards;
import java.util.function.Consumer;
import org.springframework.context.annotation.*;
// breaks: handlers_should_not_call_remotes @ shop.rewards.PartnerFunctions
@Configuration
class PartnerFunctions {
    @Bean
    Consumer<shop.points.PointsEarned> partner(org.springframework.web.client.RestClient partner) {
        return earned -> partner.put().uri("/members/{id}/points", earned.customer()).body(earned.points()).retrieve().toBodilessEntity();
    }
}
