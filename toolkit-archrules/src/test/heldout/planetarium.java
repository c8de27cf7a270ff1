// RabbitMQ with Spring, JdbcClient, an inbox table of its own, and a call to the outside.
// breaks: handlers_should_not_call_remotes @ shop.sky.WeatherReceiver
// breaks: listeners_should_acknowledge_after_the_work @ shop.sky.ShowReceiver
// breaks: consumers_should_deduplicate @ shop.sky.VisitorReceiver
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.sky.AlbumReceiver
package shop.sky;
public record ShowPlanned(String show, String hall) {}
package shop.sky;
public record VisitorsCounted(String show, int visitors) {}
package shop.sky;
public record NightFell(String date) {}
package shop.sky;
public record SeatSold(String messageId, String show) {}
package shop.sky;
public record PictureTaken(String picture) {}
package shop.sky;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
@Repository
public class Shows {
    private final JdbcClient jdbc;
    public Shows(JdbcClient jdbc) { this.jdbc = jdbc; }
    public void plan(String show, String hall) { jdbc.sql("insert into show (name, hall) values (:show, :hall) on conflict (name) do update set hall = excluded.hall").param("show", show).param("hall", hall).update(); }
    public void visitors(String show, int visitors) { jdbc.sql("update show set visitors = visitors + :visitors where name = :show").param("visitors", visitors).param("show", show).update(); }
    public boolean seen(String message) { return jdbc.sql("insert into seen (id) values (?) on conflict do nothing").param(message).update() == 0; }
    public void sky(String date, String sky) { jdbc.sql("update night set sky = ? where date = ?").params(sky, date).update(); }
}
package shop.sky;
import com.rabbitmq.client.Channel;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
public class ShowReceiver {
    private final Shows shows;
    public ShowReceiver(Shows shows) { this.shows = shows; }
    @RabbitListener(queues = "shows", ackMode = "MANUAL")
    public void on(ShowPlanned event, Message message, Channel channel) throws java.io.IOException {
        channel.basicAck(message.getMessageProperties().getDeliveryTag(), false);
        shows.plan(event.show(), event.hall());
    }
}
package shop.sky;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
public class VisitorReceiver {
    private final Shows shows;
    public VisitorReceiver(Shows shows) { this.shows = shows; }
    @RabbitListener(queues = "visitors")
    public void on(VisitorsCounted event) { shows.visitors(event.show(), event.visitors()); }
}
package shop.sky;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.transaction.annotation.Transactional;
public class SeatReceiver {
    private final Shows shows;
    public SeatReceiver(Shows shows) { this.shows = shows; }
    @RabbitListener(queues = "seats")
    @Transactional
    public void on(SeatSold event) {
        if (shows.seen(event.messageId())) {
            return;
        }
        shows.visitors(event.show(), 1);
    }
}
package shop.sky;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
public class WeatherReceiver {
    private final Shows shows;
    private final java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient();
    public WeatherReceiver(Shows shows) { this.shows = shows; }
    @RabbitListener(queues = "nights")
    public void on(NightFell event) throws java.io.IOException, InterruptedException {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create("https://weather/" + event.date())).build();
        shows.sky(event.date(), http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).body());
    }
}
package shop.sky;
import java.util.concurrent.CompletableFuture;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.jdbc.core.JdbcTemplate;
public class AlbumReceiver {
    private final JdbcTemplate jdbc;
    public AlbumReceiver(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @RabbitListener(queues = "pictures")
    public void on(PictureTaken event) {
        CompletableFuture.supplyAsync(() -> "album-" + event.picture().charAt(0))
                .thenAccept(album -> jdbc.update("update picture set album = ? where id = ?", album, event.picture()));
    }
}
