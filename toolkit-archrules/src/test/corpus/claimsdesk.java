// generations: spring-5
// Spring Cloud Stream as it was: bindings by annotation.
// breaks: writes_and_sends_should_use_outbox @ shop.desk.ClaimIntake
// breaks: consumers_should_deduplicate @ shop.desk.ClaimIntake
// breaks: events_should_not_expose_entities @ shop.desk.ClaimFiled
// breaks: listeners_should_not_swallow_exceptions @ shop.desk.PayoutSink
package shop.desk;
import org.springframework.cloud.stream.annotation.*;
import org.springframework.messaging.*;
public interface DeskChannels {
    @Input("reports") SubscribableChannel reports();
    @Input("payouts") SubscribableChannel payouts();
    @Output("claims") MessageChannel claims();
}
package shop.desk;
import javax.persistence.*;
@Entity
public class ClaimFile {
    @Id @GeneratedValue private Long id;
    private String policy;
    private boolean paid;
    public ClaimFile() {}
    public ClaimFile(String policy) { this.policy = policy; }
    public void pay() { this.paid = true; }
}
package shop.desk;
public interface ClaimFiles extends org.springframework.data.repository.CrudRepository<ClaimFile, Long> {}
package shop.desk;
public final class ClaimFiled {
    private final String policy;
    private final ClaimFile file;
    public ClaimFiled(String policy, ClaimFile file) { this.policy = policy; this.file = file; }
    public String getPolicy() { return policy; }
    public ClaimFile getFile() { return file; }
}
package shop.desk;
public final class DamageReported {
    private final String policy;
    public DamageReported(String policy) { this.policy = policy; }
    public String getPolicy() { return policy; }
}
package shop.desk;
public final class PayoutMade {
    private final long file;
    public PayoutMade(long file) { this.file = file; }
    public long getFile() { return file; }
}
package shop.desk;
import org.springframework.cloud.stream.annotation.*;
import org.springframework.messaging.support.GenericMessage;
@EnableBinding(DeskChannels.class)
public class ClaimIntake {
    private final ClaimFiles files;
    private final DeskChannels channels;
    public ClaimIntake(ClaimFiles files, DeskChannels channels) { this.files = files; this.channels = channels; }
    @StreamListener("reports")
    public void on(DamageReported report) {
        ClaimFile file = files.save(new ClaimFile(report.getPolicy()));
        channels.claims().send(new GenericMessage<>(new ClaimFiled(report.getPolicy(), file)));
    }
}
package shop.desk;
import org.springframework.cloud.stream.annotation.StreamListener;
public class PayoutSink {
    private final ClaimFiles files;
    public PayoutSink(ClaimFiles files) { this.files = files; }
    @StreamListener("payouts")
    public void on(PayoutMade payout) {
        try {
            ClaimFile file = files.findById(payout.getFile()).get();
            file.pay();
            files.save(file);
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
