// Kafka Streams with a sink that calls, and a processor that keeps its state in a store.
// breaks: handlers_should_not_call_remotes @ shop.clicks.EnrichmentTopology
// breaks: listeners_should_not_swallow_exceptions @ shop.clicks.ArchiveTopology
// breaks: events_should_be_immutable @ shop.clicks.SessionClosed
package shop.clicks;
public record Clicked(String session, String page, long at) {}
package shop.clicks;
public class SessionClosed {
    public String session;
    public long clicks;
    public SessionClosed() {}
    public SessionClosed(String session, long clicks) { this.session = session; this.clicks = clicks; }
}
package shop.clicks;
import java.time.Duration;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.*;
public class SessionTopology {
    public void build(StreamsBuilder builder) {
        KStream<String, Clicked> clicks = builder.stream("clicks");
        clicks.groupByKey()
                .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(Duration.ofMinutes(30)))
                .count()
                .toStream()
                .filter((window, count) -> count != null)
                .map((window, count) -> new org.apache.kafka.streams.KeyValue<>(window.key(), new SessionClosed(window.key(), count)))
                .to("sessions");
    }
}
package shop.clicks;
import java.net.URI;
import java.net.http.*;
import org.apache.kafka.streams.StreamsBuilder;
public class EnrichmentTopology {
    private final HttpClient http = HttpClient.newHttpClient();
    public void build(StreamsBuilder builder) {
        builder.<String, Clicked>stream("clicks").mapValues(click -> click.page() + "@" + country(click.session())).to("located-clicks");
    }
    private String country(String session) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://geo/" + session)).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
package shop.clicks;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
public class ArchiveTopology {
    private static final System.Logger LOG = System.getLogger("archive");
    private final JdbcTemplate jdbc;
    public ArchiveTopology(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public void build(StreamsBuilder builder) {
        builder.<String, Clicked>stream("clicks").foreach((session, click) -> {
            try {
                jdbc.update("insert into click (session, page, clicked_at) values (?, ?, ?) on conflict do nothing", session, click.page(), click.at());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "click lost", e);
            }
        });
    }
}
