// Hexagonal, on Spring Kafka and JPA, by features, with one application: wallets.
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class WalletApplication { public static void main(String[] args) { System.out.println(args.length); } }
package shop.wallet.domain;
import jakarta.persistence.*;
@Entity
public class Wallet {
    @Id private String id; private long cents; private String state = "OPEN";
    protected Wallet() {} public Wallet(String id) { this.id = id; }
    public void credit(long more) { cents += more; } public void close() { state = "CLOSED"; } public String getId() { return id; } public boolean isOpen() { return state.equals("OPEN"); }
}
package shop.wallet.domain;
import jakarta.persistence.*;
// The reference is what the world calls the transfer by.
@Entity @Table(uniqueConstraints = @UniqueConstraint(columnNames = "reference"))
public class Transfer {
    @Id @GeneratedValue private Long id; private String reference; private long cents;
    protected Transfer() {} public Transfer(String reference, long cents) { this.reference = reference; this.cents = cents; }
}
package shop.wallet.domain;
public record WalletCredited(String walletId, long cents) {}
package shop.wallet.domain;
public record WalletClosed(String walletId) {}
package shop.wallet.domain;
public interface WalletEvents { void publish(Object event); }
package shop.wallet.domain;
public interface Wallets { java.util.Optional<Wallet> byIdAndState(String id, String state); java.util.Optional<Wallet> byId(String id); void store(Wallet wallet); void store(Transfer transfer); }
package shop.wallet.adapter;
public interface WalletRepository extends org.springframework.data.jpa.repository.JpaRepository<shop.wallet.domain.Wallet, String> { java.util.Optional<shop.wallet.domain.Wallet> findByIdAndState(String id, String state); }
package shop.wallet.adapter;
public interface TransferRepository extends org.springframework.data.jpa.repository.JpaRepository<shop.wallet.domain.Transfer, Long> {}
package shop.wallet.adapter;
@org.springframework.stereotype.Component
public class JpaWallets implements shop.wallet.domain.Wallets {
    private final WalletRepository wallets; private final TransferRepository transfers;
    JpaWallets(WalletRepository wallets, TransferRepository transfers) { this.wallets = wallets; this.transfers = transfers; }
    public java.util.Optional<shop.wallet.domain.Wallet> byIdAndState(String id, String state) { return wallets.findByIdAndState(id, state); }
    public java.util.Optional<shop.wallet.domain.Wallet> byId(String id) { return wallets.findById(id); }
    public void store(shop.wallet.domain.Wallet wallet) { wallets.save(wallet); }
    public void store(shop.wallet.domain.Transfer transfer) { transfers.saveAndFlush(transfer); }
}
package shop.wallet.adapter;
import org.springframework.kafka.core.KafkaTemplate;
@org.springframework.stereotype.Component
public class KafkaWalletEvents implements shop.wallet.domain.WalletEvents {
    private final KafkaTemplate<String, Object> kafka;
    KafkaWalletEvents(KafkaTemplate<String, Object> kafka) { this.kafka = kafka; }
    public void publish(Object event) { kafka.send("wallets", event); }
}
package shop.wallet.application;
import org.springframework.transaction.annotation.Transactional;
// Through ports only; the process can die between the two all the same.
// breaks: writes_and_sends_should_use_outbox @ shop.wallet.application.CreditWallet
@org.springframework.stereotype.Service
public class CreditWallet {
    private final shop.wallet.domain.Wallets wallets; private final shop.wallet.domain.WalletEvents events;
    CreditWallet(shop.wallet.domain.Wallets wallets, shop.wallet.domain.WalletEvents events) { this.wallets = wallets; this.events = events; }
    @Transactional public void credit(String id, long cents) {
        shop.wallet.domain.Wallet wallet = wallets.byId(id).orElseThrow();
        wallet.credit(cents); wallets.store(wallet);
        java.util.List.of(new shop.wallet.domain.WalletCredited(id, cents)).forEach(events::publish);
    }
}
package shop.wallet.application;
import org.springframework.transaction.annotation.Transactional;
// A closed wallet is not found any more.
@org.springframework.stereotype.Service
public class CloseWallet {
    private final shop.wallet.domain.Wallets wallets;
    CloseWallet(shop.wallet.domain.Wallets wallets) { this.wallets = wallets; }
    @Transactional public void close(String id) {
        java.util.Optional<shop.wallet.domain.Wallet> open = wallets.byIdAndState(id, "OPEN");
        if (open.isEmpty()) { return; }
        open.get().close(); wallets.store(open.get());
    }
}
package shop.bank;
public record MoneyArrived(String reference, String walletId, long cents) {}
package shop.bank;
public record AccountEnded(String walletId) {}
package shop.bank;
public record MoneyReturned(String returnId, String reference) {}
package shop.bank;
import org.springframework.kafka.annotation.KafkaListener;
class EndListener {
    private final shop.wallet.application.CloseWallet close;
    EndListener(shop.wallet.application.CloseWallet close) { this.close = close; }
    @KafkaListener(topics = "bank.ended") void on(AccountEnded event) { close.close(event.walletId()); }
}
package shop.bank;
import org.springframework.kafka.annotation.KafkaListener;
// Credits as often as it is told to.
// breaks: consumers_should_deduplicate @ shop.bank.ArrivalListener
class ArrivalListener {
    private final shop.wallet.application.CreditWallet credit;
    ArrivalListener(shop.wallet.application.CreditWallet credit) { this.credit = credit; }
    @KafkaListener(topics = "bank.arrived") void on(MoneyArrived event) { credit.credit(event.walletId(), event.cents()); }
}
package shop.bank;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
// The unique reference tells the second from the first.
class TransferListener {
    private final shop.wallet.domain.Wallets wallets;
    TransferListener(shop.wallet.domain.Wallets wallets) { this.wallets = wallets; }
    @KafkaListener(topics = "bank.transfers") void on(MoneyArrived event) {
        try { wallets.store(new shop.wallet.domain.Transfer(event.reference(), event.cents())); }
        catch (DataAccessException e) { if (isUnique(e)) { return; } throw e; }
    }
    private static boolean isUnique(DataAccessException e) { return e.getMostSpecificCause() instanceof java.sql.SQLIntegrityConstraintViolationException; }
}
package shop.bank;
import org.springframework.kafka.annotation.KafkaListener;
// Each delivery makes a return of its own.
// breaks: consumers_should_deduplicate @ shop.bank.ReturningListener
class ReturningListener {
    private final org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
    ReturningListener(org.springframework.kafka.core.KafkaTemplate<String, Object> kafka) { this.kafka = kafka; }
    @KafkaListener(topics = "bank.unknown") void on(MoneyArrived event) { kafka.send("bank.returns", event.reference(), new MoneyReturned(java.util.UUID.randomUUID().toString(), event.reference())); }
}
package shop.bank;
import org.springframework.kafka.annotation.KafkaListener;
// The future is nobody's: the offset is committed, and the wallet perhaps not yet closed.
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.bank.LooseListener
class LooseListener {
    private final shop.wallet.application.CloseWallet close;
    LooseListener(shop.wallet.application.CloseWallet close) { this.close = close; }
    @KafkaListener(topics = "bank.loose") void on(AccountEnded event) { java.util.concurrent.CompletableFuture.runAsync(() -> close.close(event.walletId())); }
}
package shop.bank;
import org.springframework.kafka.annotation.KafkaListener;
// The container waits for what is returned.
class ReturnedFutureListener {
    private final shop.wallet.application.CloseWallet close;
    ReturnedFutureListener(shop.wallet.application.CloseWallet close) { this.close = close; }
    @KafkaListener(topics = "bank.future") java.util.concurrent.CompletableFuture<Void> on(AccountEnded event) { return java.util.concurrent.CompletableFuture.runAsync(() -> close.close(event.walletId())); }
}
package shop.bank;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
// breaks: listeners_should_acknowledge_after_the_work @ shop.bank.FastListener
class FastListener {
    private final shop.wallet.application.CloseWallet close;
    FastListener(shop.wallet.application.CloseWallet close) { this.close = close; }
    @KafkaListener(topics = "bank.fast") void on(AccountEnded event, Acknowledgment ack) { ack.acknowledge(); close.close(event.walletId()); }
}
package shop.bank;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
class ProperListener {
    private final shop.wallet.application.CloseWallet close;
    ProperListener(shop.wallet.application.CloseWallet close) { this.close = close; }
    @KafkaListener(topics = "bank.proper") void on(AccountEnded event, Acknowledgment ack) { close.close(event.walletId()); ack.acknowledge(); }
}
