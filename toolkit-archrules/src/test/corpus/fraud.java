// Kafka Streams, by hand and as Spring's beans, hexagonal: payments are scored.
package shop.domain;
public record PaymentAuthorized(String paymentId, String card, long cents) {}
package shop.domain;
public record FraudSuspected(String paymentId, String reason) {}
package shop.domain;
// breaks: events_should_be_immutable @ shop.domain.RiskRaised
public class RiskRaised {
    public String card; public int score;
    public static RiskRaised of(String card, int score) { RiskRaised risk = new RiskRaised(); risk.card = card; risk.score = score; return risk; }
}
package shop.domain;
public final class Scoring {
    private Scoring() {} public static boolean suspicious(PaymentAuthorized payment) { return payment.cents() > 100_000; }
}
package shop.port;
public interface BlockList { boolean contains(String card); }
package shop.port;
public interface CaseFile { void open(String paymentId, String reason); }
package shop.adapter;
// The list is another service's.
public class HttpBlockList implements shop.port.BlockList {
    private final java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient();
    public boolean contains(String card) {
        try {
            return http.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://blocklist/" + card)).build(), java.net.http.HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (java.io.IOException | InterruptedException e) { throw new IllegalStateException(e); }
    }
}
package shop.adapter;
public class JdbcCaseFile implements shop.port.CaseFile {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    public JdbcCaseFile(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public void open(String paymentId, String reason) { jdbc.update("insert into fraud_case(payment, reason, opened) values (?, ?, now())", paymentId, reason); }
}
package shop.topology;
import org.apache.kafka.streams.StreamsBuilder;
// Looks at each payment and says what it sees; nothing else is touched.
public class SuspicionTopology {
    public void build(StreamsBuilder builder) {
        builder.<String, shop.domain.PaymentAuthorized>stream("payments")
                .filter((card, payment) -> shop.domain.Scoring.suspicious(payment))
                .mapValues(payment -> new shop.domain.FraudSuspected(payment.paymentId(), "amount"))
                .to("suspicions");
    }
}
package shop.topology;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
@org.springframework.context.annotation.Configuration
public class RiskTopology {
    @org.springframework.context.annotation.Bean
    public KStream<String, shop.domain.RiskRaised> risks(StreamsBuilder builder) {
        KStream<String, shop.domain.RiskRaised> risks = builder.<String, shop.domain.PaymentAuthorized>stream("payments")
                .groupByKey().count().toStream().mapValues((card, count) -> shop.domain.RiskRaised.of(card, count.intValue()));
        risks.to("risks");
        return risks;
    }
}
package shop.topology;
import org.apache.kafka.streams.StreamsBuilder;
// breaks: handlers_should_not_call_remotes @ shop.topology.BlockedTopology
public class BlockedTopology {
    private final shop.port.BlockList blocked;
    public BlockedTopology(shop.port.BlockList blocked) { this.blocked = blocked; }
    public void build(StreamsBuilder builder) {
        builder.<String, shop.domain.PaymentAuthorized>stream("payments")
                .filter((card, payment) -> blocked.contains(card))
                .mapValues(payment -> new shop.domain.FraudSuspected(payment.paymentId(), "blocked card"))
                .to("suspicions");
    }
}
package shop.topology;
import org.apache.kafka.streams.StreamsBuilder;
// A restart of the topology opens the cases again.
// breaks: consumers_should_deduplicate @ shop.topology.CaseTopology
public class CaseTopology {
    private final shop.port.CaseFile cases;
    public CaseTopology(shop.port.CaseFile cases) { this.cases = cases; }
    public void build(StreamsBuilder builder) {
        builder.<String, shop.domain.FraudSuspected>stream("suspicions").foreach((card, suspicion) -> cases.open(suspicion.paymentId(), suspicion.reason()));
    }
}
package shop.topology;
import org.apache.kafka.streams.StreamsBuilder;
// Stores on the way, and sends on.
// breaks: writes_and_sends_should_use_outbox @ shop.topology.ReviewTopology
// breaks: consumers_should_deduplicate @ shop.topology.ReviewTopology
public class ReviewTopology {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    public ReviewTopology(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public void build(StreamsBuilder builder) {
        builder.<String, shop.domain.FraudSuspected>stream("suspicions")
                .peek((card, suspicion) -> jdbc.update("update reviewer set open = open + 1 where id = 1"))
                .to("reviews");
    }
}
package shop;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
public class FraudDetection {
    public static void main(String[] args) {
        StreamsBuilder builder = new StreamsBuilder();
        new shop.topology.SuspicionTopology().build(builder);
        new shop.topology.BlockedTopology(new shop.adapter.HttpBlockList()).build(builder);
        new KafkaStreams(builder.build(), new java.util.Properties()).start();
    }
}
