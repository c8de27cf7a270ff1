// RabbitMQ's own client beside Spring AMQP, layered: parcels.
package shop.model;
public record ParcelScanned(String parcel, String depot) {}
package shop.model;
public record ParcelArrived(String parcel) {}
package shop.model;
// breaks: events_should_be_immutable @ shop.model.ParcelLost
public class ParcelLost {
    private String parcel; public String getParcel() { return parcel; } public void setParcel(String parcel) { this.parcel = parcel; }
}
package shop.dao;
public class ScanDao {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    public ScanDao(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public void add(String parcel, String depot) { jdbc.update("insert into scan(parcel, depot, at) values (?, ?, current_timestamp)", parcel, depot); }
    public void place(String parcel, String depot) { jdbc.update("merge into parcel key(id) values (?, ?)", parcel, depot); }
}
package shop.rabbit;
import com.rabbitmq.client.*;
// breaks: consumers_should_deduplicate @ shop.rabbit.ScanConsumer
class ScanConsumer extends DefaultConsumer {
    private final shop.dao.ScanDao dao;
    ScanConsumer(Channel channel, shop.dao.ScanDao dao) { super(channel); this.dao = dao; }
    @Override public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) throws java.io.IOException {
        dao.add(new String(body), envelope.getRoutingKey());
        getChannel().basicAck(envelope.getDeliveryTag(), false);
    }
}
package shop.rabbit;
import com.rabbitmq.client.*;
// breaks: listeners_should_acknowledge_after_the_work @ shop.rabbit.PlaceConsumer
class PlaceConsumer extends DefaultConsumer {
    private final shop.dao.ScanDao dao;
    PlaceConsumer(Channel channel, shop.dao.ScanDao dao) { super(channel); this.dao = dao; }
    @Override public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) throws java.io.IOException {
        getChannel().basicAck(envelope.getDeliveryTag(), false);
        dao.place(new String(body), envelope.getRoutingKey());
    }
}
package shop.rabbit;
import com.rabbitmq.client.*;
// As a lambda; the acknowledgement is the last thing that it does.
class DepotConsumer {
    private final Channel channel; private final shop.dao.ScanDao dao;
    DepotConsumer(Channel channel, shop.dao.ScanDao dao) { this.channel = channel; this.dao = dao; }
    void start() throws java.io.IOException {
        channel.basicConsume("depots", false, (tag, delivery) -> {
            dao.place(new String(delivery.getBody()), delivery.getEnvelope().getRoutingKey());
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
        }, tag -> {});
    }
}
package shop.rabbit;
import com.rabbitmq.client.*;
// What fails is acknowledged like what does not.
// breaks: listeners_should_not_swallow_exceptions @ shop.rabbit.QuietConsumer
class QuietConsumer {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(QuietConsumer.class);
    private final Channel channel; private final shop.dao.ScanDao dao;
    QuietConsumer(Channel channel, shop.dao.ScanDao dao) { this.channel = channel; this.dao = dao; }
    void start() throws java.io.IOException {
        channel.basicConsume("quiet", true, (tag, delivery) -> {
            try { dao.place(new String(delivery.getBody()), "?"); } catch (Exception e) { LOG.warn("skipped", e); }
        }, tag -> {});
    }
}
package shop.rabbit;
import com.rabbitmq.client.Channel;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.messaging.handler.annotation.Header;
// In one branch the acknowledgement comes first.
// breaks: listeners_should_acknowledge_after_the_work @ shop.rabbit.BranchListener
public class BranchListener {
    private final shop.dao.ScanDao dao;
    BranchListener(shop.dao.ScanDao dao) { this.dao = dao; }
    @RabbitListener(queues = "scans", ackMode = "MANUAL")
    public void on(shop.model.ParcelScanned scan, Channel channel, @Header(AmqpHeaders.DELIVERY_TAG) long tag) throws java.io.IOException {
        if (scan.depot().isEmpty()) { channel.basicAck(tag, false); }
        dao.place(scan.parcel(), scan.depot());
        if (!scan.depot().isEmpty()) { channel.basicAck(tag, false); }
    }
}
package shop.rabbit;
import com.rabbitmq.client.Channel;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.messaging.handler.annotation.Header;
// What is not for this depot is acknowledged, and nothing is to be done for it.
public class FilteringListener {
    private final shop.dao.ScanDao dao;
    FilteringListener(shop.dao.ScanDao dao) { this.dao = dao; }
    @RabbitListener(queues = "scans.north", ackMode = "MANUAL")
    public void on(shop.model.ParcelScanned scan, Channel channel, @Header(AmqpHeaders.DELIVERY_TAG) long tag) throws java.io.IOException {
        if (!scan.depot().startsWith("N")) { channel.basicAck(tag, false); return; }
        dao.place(scan.parcel(), scan.depot());
        channel.basicAck(tag, false);
    }
}
package shop.rabbit;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.messaging.handler.annotation.SendTo;
// breaks: writes_and_sends_should_use_outbox @ shop.rabbit.AnsweringListener
public class AnsweringListener {
    private final shop.dao.ScanDao dao;
    AnsweringListener(shop.dao.ScanDao dao) { this.dao = dao; }
    @RabbitListener(queues = "arrivals") @SendTo("arrived")
    public shop.model.ParcelArrived on(shop.model.ParcelScanned scan) { dao.place(scan.parcel(), scan.depot()); return new shop.model.ParcelArrived(scan.parcel()); }
}
package shop.rabbit;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
// The method runs on a thread of its own, long after the broker has been told that all is well.
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.rabbit.LostListener
public class LostListener {
    private final Search search;
    LostListener(Search search) { this.search = search; }
    @RabbitListener(queues = "lost") public void on(shop.model.ParcelLost lost) { search.start(lost.getParcel()); }
}
package shop.rabbit;
import org.springframework.scheduling.annotation.Async;
@org.springframework.stereotype.Service
public class Search {
    private final shop.dao.ScanDao dao;
    Search(shop.dao.ScanDao dao) { this.dao = dao; }
    @Async public void start(String parcel) { dao.place(parcel, "SEARCH"); }
}
