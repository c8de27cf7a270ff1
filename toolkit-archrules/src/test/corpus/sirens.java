// RabbitMQ: its own client, and Spring's with manual acknowledgements.
// breaks: listeners_should_acknowledge_after_the_work @ shop.siren.TestAlarmReceiver
// breaks: listeners_should_not_swallow_exceptions @ shop.siren.RealAlarmReceiver
// breaks: consumers_should_deduplicate @ shop.siren.DrillReceiver
// breaks: handlers_should_not_call_remotes @ shop.siren.BroadcastReceiver
// breaks: consumers_should_deduplicate @ shop.siren.BroadcastReceiver
package shop.siren;
import com.rabbitmq.client.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.jdbc.core.JdbcTemplate;
public class TestAlarmReceiver extends DefaultConsumer {
    private final JdbcTemplate jdbc;
    public TestAlarmReceiver(Channel channel, JdbcTemplate jdbc) { super(channel); this.jdbc = jdbc; }
    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) throws IOException {
        String siren = new String(body, StandardCharsets.UTF_8);
        getChannel().basicAck(envelope.getDeliveryTag(), false);
        jdbc.update("update siren set tested = now() where name = ?", siren);
    }
}
package shop.siren;
import com.rabbitmq.client.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.jdbc.core.JdbcTemplate;
public class RealAlarmReceiver {
    private final JdbcTemplate jdbc;
    public RealAlarmReceiver(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public void start(Channel channel) throws IOException {
        channel.basicConsume("alarms", false, (tag, delivery) -> {
            try {
                jdbc.update("update siren set howling = true where name = ?", new String(delivery.getBody(), StandardCharsets.UTF_8));
            } catch (Exception e) {
                e.printStackTrace();
            }
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
        }, tag -> {});
    }
}
package shop.siren;
public record DrillHeld(String village, int minutes) {}
package shop.siren;
public record FloodFeared(String valley) {}
package shop.siren;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.messaging.handler.annotation.Header;
public class DrillReceiver {
    private final MongoTemplate mongo;
    public DrillReceiver(MongoTemplate mongo) { this.mongo = mongo; }
    @RabbitListener(queues = "drills", ackMode = "MANUAL")
    public void on(DrillHeld drill, Channel channel, @Header(AmqpHeaders.DELIVERY_TAG) long tag) throws IOException {
        mongo.insert(new Drill(drill.village(), drill.minutes()));
        channel.basicAck(tag, false);
    }
}
package shop.siren;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
@Document("drills")
public class Drill {
    @Id private String id;
    private final String village;
    private final int minutes;
    public Drill(String village, int minutes) { this.village = village; this.minutes = minutes; }
}
package shop.siren;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.web.client.RestClient;
public class BroadcastReceiver {
    private final RestClient radio;
    public BroadcastReceiver(RestClient radio) { this.radio = radio; }
    @RabbitListener(queues = "floods")
    public void on(FloodFeared flood) {
        radio.post().uri("/broadcasts").body("Flood in " + flood.valley()).retrieve().toBodilessEntity();
    }
}
