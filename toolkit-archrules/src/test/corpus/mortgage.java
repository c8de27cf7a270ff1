// Zeebe: a process is driven by workers; a listener starts it.
// generations: spring-6
// breaks: writes_and_sends_should_use_outbox @ shop.mortgage.ApplicationDesk
// breaks: handlers_should_not_call_remotes @ shop.mortgage.IncomeListener
package shop.mortgage;
public record MortgageRequested(String application, String applicant, long amount) {}
package shop.mortgage;
public record IncomeConfirmed(String application, long income) {}
package shop.mortgage;
import jakarta.persistence.*;
@Entity
public class MortgageApplication {
    @Id private String id;
    private String applicant;
    private long amount;
    private String state;
    protected MortgageApplication() {}
    public MortgageApplication(String id, String applicant, long amount) { this.id = id; this.applicant = applicant; this.amount = amount; }
    public void decide(String state) { this.state = state; }
}
package shop.mortgage;
public interface Applications extends org.springframework.data.jpa.repository.JpaRepository<MortgageApplication, String> {}
package shop.mortgage;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Service;
@Service
public class ApplicationDesk {
    private final Applications applications;
    private final KafkaTemplate<String, Object> kafka;
    public ApplicationDesk(Applications applications, KafkaTemplate<String, Object> kafka) { this.applications = applications; this.kafka = kafka; }
    public String apply(String applicant, long amount) {
        String id = java.util.UUID.randomUUID().toString();
        store(id, applicant, amount);
        announce(id, applicant, amount);
        return id;
    }
    private void store(String id, String applicant, long amount) { applications.saveAndFlush(new MortgageApplication(id, applicant, amount)); }
    private void announce(String id, String applicant, long amount) { kafka.send("mortgage-requests", id, new MortgageRequested(id, applicant, amount)); }
}
package shop.mortgage;
import io.camunda.zeebe.client.ZeebeClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
@Component
public class IncomeListener {
    private final ZeebeClient zeebe;
    public IncomeListener(ZeebeClient zeebe) { this.zeebe = zeebe; }
    @KafkaListener(topics = "income")
    public void on(IncomeConfirmed event) {
        zeebe.newPublishMessageCommand().messageName("income-confirmed").correlationKey(event.application())
                .messageId("income-" + event.application()).variables(event).send().join();
    }
}
package shop.mortgage;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.camunda.zeebe.spring.client.annotation.JobWorker;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;
@Component
public class RatingWorker {
    private final RestTemplate rest;
    public RatingWorker(RestTemplate rest) { this.rest = rest; }
    @JobWorker(type = "rate-applicant")
    public java.util.Map<String, Object> rate(ActivatedJob job) {
        String applicant = (String) job.getVariablesAsMap().get("applicant");
        return java.util.Map.of("rating", rest.getForObject("https://rating/" + applicant, Integer.class));
    }
}
package shop.mortgage;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.camunda.zeebe.spring.client.annotation.JobWorker;
import org.springframework.stereotype.Component;
@Component
public class DecisionWorker {
    private final Applications applications;
    public DecisionWorker(Applications applications) { this.applications = applications; }
    @JobWorker(type = "store-decision")
    public void decide(ActivatedJob job) {
        var variables = job.getVariablesAsMap();
        applications.findById((String) variables.get("application")).ifPresent(a -> { a.decide((String) variables.get("decision")); applications.save(a); });
    }
}
