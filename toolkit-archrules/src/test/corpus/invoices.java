// JMS, of javax and of jakarta, with JDBC, in one flat package a layer: invoices.
package shop.data;
import jakarta.persistence.*;
@Entity
public class Invoice implements java.io.Serializable { @Id String number; long cents; public Invoice() {} public Invoice(String number, long cents) { this.number = number; this.cents = cents; } }
package shop.data;
public record InvoiceIssued(String number, long cents) implements java.io.Serializable {}
package shop.data;
// breaks: events_should_not_expose_entities @ shop.data.InvoiceCorrected
public record InvoiceCorrected(String number, java.util.List<Invoice> versions) implements java.io.Serializable {}
package shop.data;
// breaks: events_should_be_immutable @ shop.data.PaymentArrived
public class PaymentArrived implements java.io.Serializable {
    private String number; private long cents;
    public void setNumber(String number) { this.number = number; } public String getNumber() { return number; }
    public void setCents(long cents) { this.cents = cents; } public long getCents() { return cents; }
}
package shop.data;
public record InvoicePaid(String number) implements java.io.Serializable {}
package shop.data;
public class InvoiceTable {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    public InvoiceTable(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public void insert(String number, long cents) { jdbc.update("insert into invoice(number, cents) values (?, ?)", number, cents); }
    public void pay(String number, long cents) { jdbc.update("update invoice set paid = paid + ? where number = ?", cents, number); }
    public int settle(String number) { return jdbc.update("update invoice set state = 'SETTLED' where number = ? and state = 'OPEN'", number); }
    public boolean knows(String number) { return jdbc.queryForObject("select count(*) from invoice where number = ?", Integer.class, number) > 0; }
}
package shop.jms;
import javax.jms.*;
// breaks: writes_and_sends_should_use_outbox @ shop.jms.Issuing
public class Issuing {
    private final shop.data.InvoiceTable table; private final Session session; private final MessageProducer producer;
    public Issuing(shop.data.InvoiceTable table, Session session, MessageProducer producer) { this.table = table; this.session = session; this.producer = producer; }
    public void issue(String number, long cents) throws JMSException {
        table.insert(number, cents);
        producer.send(session.createObjectMessage(new shop.data.InvoiceIssued(number, cents)));
    }
}
package shop.jms;
// Sends, and stores nothing.
public class Correcting {
    private final jakarta.jms.JMSContext context; private final jakarta.jms.Queue queue;
    public Correcting(jakarta.jms.JMSContext context, jakarta.jms.Queue queue) { this.context = context; this.queue = queue; }
    public void correct(String number) { context.createProducer().send(queue, new shop.data.InvoiceCorrected(number, java.util.List.of(new shop.data.Invoice(number, 0)))); }
}
package shop.jms;
import javax.jms.*;
// The amount is added with each delivery.
// breaks: consumers_should_deduplicate @ shop.jms.PaymentReceiver
public class PaymentReceiver implements MessageListener {
    private final shop.data.InvoiceTable table;
    public PaymentReceiver(shop.data.InvoiceTable table) { this.table = table; }
    public void onMessage(Message message) {
        try {
            shop.data.PaymentArrived payment = (shop.data.PaymentArrived) ((ObjectMessage) message).getObject();
            table.pay(payment.getNumber(), payment.getCents());
        } catch (JMSException e) { throw new RuntimeException(e); }
    }
}
package shop.jms;
import jakarta.jms.*;
// What is settled is not open any more, and an update of nothing changes nothing.
public class SettlingReceiver implements MessageListener {
    private final shop.data.InvoiceTable table;
    public SettlingReceiver(shop.data.InvoiceTable table) { this.table = table; }
    public void onMessage(Message message) {
        try { table.settle(message.getStringProperty("number")); } catch (JMSException e) { throw new RuntimeException(e); }
    }
}
package shop.jms;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.transaction.annotation.Transactional;
// Asks before it inserts.
public class ImportListener {
    private final shop.data.InvoiceTable table;
    public ImportListener(shop.data.InvoiceTable table) { this.table = table; }
    @JmsListener(destination = "imports") @Transactional
    public void on(shop.data.InvoiceIssued issued) { if (table.knows(issued.number())) { return; } table.insert(issued.number(), issued.cents()); }
}
package shop.jms;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.messaging.handler.annotation.SendTo;
// breaks: writes_and_sends_should_use_outbox @ shop.jms.PayingListener
// breaks: consumers_should_deduplicate @ shop.jms.PayingListener
public class PayingListener {
    private final shop.data.InvoiceTable table;
    public PayingListener(shop.data.InvoiceTable table) { this.table = table; }
    @JmsListener(destination = "payments") @SendTo("paid")
    public shop.data.InvoicePaid on(shop.data.PaymentArrived payment) { table.pay(payment.getNumber(), payment.getCents()); return new shop.data.InvoicePaid(payment.getNumber()); }
}
package shop.jms;
import jakarta.jms.*;
// In mode CLIENT_ACKNOWLEDGE a crash after the first line loses the message.
// breaks: listeners_should_acknowledge_after_the_work @ shop.jms.EagerReceiver
public class EagerReceiver implements MessageListener {
    private final shop.data.InvoiceTable table;
    public EagerReceiver(shop.data.InvoiceTable table) { this.table = table; }
    public void onMessage(Message message) {
        try {
            message.acknowledge();
            table.settle(message.getStringProperty("number"));
        } catch (JMSException e) { throw new RuntimeException(e); }
    }
}
package shop.jms;
import org.springframework.jms.annotation.JmsListener;
// The message is acknowledged while the work still waits for a thread.
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.jms.PooledListener
public class PooledListener {
    private final java.util.concurrent.ExecutorService pool = java.util.concurrent.Executors.newFixedThreadPool(4); private final shop.data.InvoiceTable table;
    public PooledListener(shop.data.InvoiceTable table) { this.table = table; }
    @JmsListener(destination = "settlements")
    public void on(shop.data.InvoicePaid paid) { pool.submit(() -> table.settle(paid.number())); }
}
package shop.jms;
import jakarta.jms.*;
import org.slf4j.*;
// breaks: listeners_should_not_swallow_exceptions @ shop.jms.TidyReceiver
public class TidyReceiver implements MessageListener {
    private static final Logger LOG = LoggerFactory.getLogger(TidyReceiver.class);
    private final shop.data.InvoiceTable table;
    public TidyReceiver(shop.data.InvoiceTable table) { this.table = table; }
    public void onMessage(Message message) {
        try { table.settle(message.getStringProperty("number")); } catch (Exception e) { LOG.error("not settled", e); }
    }
}
