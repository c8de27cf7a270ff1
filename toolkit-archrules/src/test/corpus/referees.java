// A plain service with guards of many kinds around what it does with messages: most of it is right.
// breaks: consumers_should_deduplicate @ shop.match.GoalListener
// breaks: consumers_should_deduplicate @ shop.match.FanMail
// breaks: handlers_should_not_call_remotes @ shop.match.FanMail
package shop.match;
public record GoalScored(String match, String team, int minute) {}
package shop.match;
public record MatchStarted(String match, String home, String guest) {}
package shop.match;
public record MatchEnded(String match) {}
package shop.match;
public record CardShown(String cardId, String match, String player) {}
package shop.match;
public record TicketSold(String ticket, String match, String fan) {}
package shop.match;
import jakarta.persistence.*;
@Entity
public class Match {
    @Id private String id;
    private int home;
    private int guest;
    private boolean ended;
    @Version private long version;
    protected Match() {}
    public Match(String id) { this.id = id; }
    public void goal(boolean ofHome) { if (ofHome) { home++; } else { guest++; } }
    public boolean isEnded() { return ended; }
    public void end() { ended = true; }
}
package shop.match;
public interface Matches extends org.springframework.data.jpa.repository.JpaRepository<Match, String> {}
package shop.match;
import jakarta.persistence.*;
@Entity
@Table(uniqueConstraints = @UniqueConstraint(columnNames = "cardId"))
public class Card {
    @Id @GeneratedValue private Long id;
    private String cardId;
    private String player;
    protected Card() {}
    public Card(String cardId, String player) { this.cardId = cardId; this.player = player; }
}
package shop.match;
public interface Cards extends org.springframework.data.jpa.repository.JpaRepository<Card, Long> { boolean existsByCardId(String cardId); }
package shop.match;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;
public class GoalListener {
    private final Matches matches;
    public GoalListener(Matches matches) { this.matches = matches; }
    @KafkaListener(topics = "goals")
    @Transactional
    public void on(GoalScored event) {
        Match match = matches.getReferenceById(event.match());
        match.goal(event.team().equals("home"));
        matches.save(match);
    }
}
package shop.match;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;
public class MatchListener {
    private final Matches matches;
    private final Cards cards;
    public MatchListener(Matches matches, Cards cards) { this.matches = matches; this.cards = cards; }
    @KafkaListener(topics = "match-starts")
    @Transactional
    public void started(MatchStarted event) {
        if (!matches.existsById(event.match())) {
            matches.save(new Match(event.match()));
        }
    }
    @KafkaListener(topics = "match-ends")
    @Transactional
    public void ended(MatchEnded event) {
        matches.findById(event.match()).filter(match -> !match.isEnded()).ifPresent(match -> { match.end(); matches.save(match); });
    }
    @KafkaListener(topics = "cards")
    @Transactional
    public void card(CardShown event) {
        if (cards.existsByCardId(event.cardId())) {
            return;
        }
        cards.save(new Card(event.cardId(), event.player()));
    }
}
package shop.match;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.mail.*;
public class FanMail {
    private final MailSender mail;
    public FanMail(MailSender mail) { this.mail = mail; }
    @KafkaListener(topics = "tickets")
    public void on(TicketSold event) {
        SimpleMailMessage letter = new SimpleMailMessage();
        letter.setTo(event.fan());
        letter.setSubject("Your ticket " + event.ticket());
        mail.send(letter);
    }
}
package shop.match;
import java.sql.*;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;
public class SeatListener {
    private final JdbcTemplate jdbc;
    public SeatListener(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @KafkaListener(topics = "tickets", groupId = "seats")
    @Transactional
    public void on(TicketSold event) {
        try {
            jdbc.update("insert into handled (ticket) values (?)", event.ticket());
        } catch (DuplicateKeyException e) {
            return;
        }
        jdbc.update("update match set sold = sold + 1 where id = ?", event.match());
    }
}
