// JMS by the book: message listeners, sessions, a producer.
// breaks: consumers_should_deduplicate @ shop.print.JobQueueListener
// breaks: listeners_should_not_swallow_exceptions @ shop.print.PrinterStateListener
// breaks: writes_and_sends_should_use_outbox @ shop.print.Billing
// breaks: listeners_should_acknowledge_after_the_work @ shop.print.PaperListener
package shop.print;
import jakarta.jms.*;
import java.sql.*;
public class JobQueueListener implements MessageListener {
    private final javax.sql.DataSource database;
    public JobQueueListener(javax.sql.DataSource database) { this.database = database; }
    @Override
    public void onMessage(Message message) {
        try (java.sql.Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into print_job (document, pages) values (?, ?)")) {
            insert.setString(1, ((TextMessage) message).getText());
            insert.setInt(2, message.getIntProperty("pages"));
            insert.executeUpdate();
        } catch (SQLException | JMSException e) {
            throw new RuntimeException(e);
        }
    }
}
package shop.print;
import jakarta.jms.*;
import java.util.logging.*;
import org.springframework.jdbc.core.simple.JdbcClient;
public class PrinterStateListener implements MessageListener {
    private static final Logger LOG = Logger.getLogger("printers");
    private final JdbcClient jdbc;
    public PrinterStateListener(JdbcClient jdbc) { this.jdbc = jdbc; }
    @Override
    public void onMessage(Message message) {
        try {
            MapMessage state = (MapMessage) message;
            jdbc.sql("update printer set state = :state where name = :name")
                    .param("state", state.getString("state")).param("name", state.getString("name")).update();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "cannot read state", e);
        }
    }
}
package shop.print;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.core.JmsTemplate;
public class Billing {
    private final JdbcTemplate jdbc;
    private final JmsTemplate jms;
    public Billing(JdbcTemplate jdbc, JmsTemplate jms) { this.jdbc = jdbc; this.jms = jms; }
    public void bill(String customer, int pages) {
        jdbc.update("insert into bill (customer, cents) values (?, ?)", customer, pages * 5);
        jms.send("bills", session -> session.createTextMessage(customer + ":" + pages));
    }
}
package shop.print;
import jakarta.jms.*;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.annotation.JmsListener;
public class PaperListener {
    private final JdbcTemplate jdbc;
    public PaperListener(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @JmsListener(destination = "paper", containerFactory = "clientAck")
    public void refilled(Message message) throws JMSException {
        String printer = message.getStringProperty("printer");
        message.acknowledge();
        jdbc.update("update printer set paper = 'full' where name = ?", printer);
    }
}
package shop.print;
import jakarta.jms.*;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.annotation.JmsListener;
public class TonerListener {
    private final JdbcTemplate jdbc;
    public TonerListener(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @JmsListener(destination = "toner", containerFactory = "clientAck")
    public void refilled(Message message) throws JMSException {
        jdbc.update("update printer set toner = 'full' where name = ?", message.getStringProperty("printer"));
        message.acknowledge();
    }
}
package shop.print;
import jakarta.jms.*;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.annotation.JmsListener;
public class MeterListener {
    private final JdbcTemplate jdbc;
    public MeterListener(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @JmsListener(destination = "meters")
    public void read(Message message) throws JMSException {
        jdbc.update("merge into meter key (printer) values (?, ?)", message.getStringProperty("printer"), message.getLongProperty("count"));
    }
}
