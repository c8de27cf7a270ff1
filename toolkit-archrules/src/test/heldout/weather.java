// Of two contexts one talks to its broker by the client's own classes, and one listener lies beside both.
// context: station
// context: forecast
// breaks: architecture_should_match_code @ station
// breaks: architecture_should_match_code @ shop.web.Ticker
// breaks: consumers_should_deduplicate @ shop.forecast.GustListener
// breaks: writes_and_sends_should_use_outbox @ shop.station.Mast
package shop.station;
import org.apache.pulsar.client.api.*;
public class Mast {
    private final Producer<byte[]> producer;
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    public Mast(Producer<byte[]> producer, org.springframework.jdbc.core.JdbcTemplate jdbc) { this.producer = producer; this.jdbc = jdbc; }
    public void measured(double wind) throws PulsarClientException {
        jdbc.update("insert into wind (speed) values (?)", wind);
        producer.send(Double.toString(wind).getBytes());
    }
}
package shop.forecast;
import org.springframework.jms.annotation.JmsListener;
public class GustListener {
    private final Gusts gusts;
    public GustListener(Gusts gusts) { this.gusts = gusts; }
    @JmsListener(destination = "gusts")
    public void on(Gust gust) { gusts.add(gust.station(), gust.speed()); }
}
package shop.forecast;
public class Gusts {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    public Gusts(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public void add(String station, double speed) { jdbc.update("insert into gust (station, speed) values (?, ?)", station, speed); }
}
package shop.forecast;
public record Gust(String station, double speed) {}
package shop.web;
import org.springframework.jms.annotation.JmsListener;
public class Ticker {
    private String latest = "";
    @JmsListener(destination = "headlines")
    public void on(String headline) { latest = headline; }
    public String latest() { return latest; }
}
