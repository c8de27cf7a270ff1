// Zeebe, mail and Spring Kafka, one package a layer: onboarding of customers.
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class OnboardingApplication { public static void main(String[] args) { System.out.println(args.length); } }
package shop.domain;
import jakarta.persistence.*;
@Entity
public class Applicant {
    @Id private String id; private String mail; private String state = "NEW";
    protected Applicant() {} public Applicant(String id, String mail) { this.id = id; this.mail = mail; }
    public String getId() { return id; } public String getMail() { return mail; } public void approve() { state = "APPROVED"; }
}
package shop.domain;
public interface Applicants extends org.springframework.data.repository.CrudRepository<Applicant, String> {}
package shop.feed;
public record ApplicantApproved(String id) {}
package shop.feed;
public record ApplicationReceived(String id, String mail) {}
package shop.feed;
public record IdentityChecked(String id, boolean genuine) {}
package shop.feed;
import org.springframework.kafka.annotation.KafkaListener;
// The engine is another process.
// breaks: handlers_should_not_call_remotes @ shop.feed.ApplicationListener
class ApplicationListener {
    private final io.camunda.zeebe.client.ZeebeClient zeebe;
    ApplicationListener(io.camunda.zeebe.client.ZeebeClient zeebe) { this.zeebe = zeebe; }
    @KafkaListener(topics = "applications")
    void on(ApplicationReceived application) {
        zeebe.newPublishMessageCommand().messageName("application").correlationKey(application.id()).messageId(application.id()).variables(application).send().join();
    }
}
package shop.feed;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.mail.SimpleMailMessage;
// A mail cannot be taken back, and comes again with each delivery.
// breaks: handlers_should_not_call_remotes @ shop.feed.WelcomeListener
// breaks: consumers_should_deduplicate @ shop.feed.WelcomeListener
class WelcomeListener {
    private final org.springframework.mail.MailSender mails;
    WelcomeListener(org.springframework.mail.MailSender mails) { this.mails = mails; }
    @KafkaListener(topics = "approvals")
    void on(ApplicantApproved approved) {
        SimpleMailMessage mail = new SimpleMailMessage();
        mail.setTo(approved.id()); mail.setText("welcome"); mails.send(mail);
    }
}
package shop.process;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.camunda.zeebe.spring.client.annotation.JobWorker;
// The job is done with when the method has returned: the row is in, and the event is out or not.
// breaks: writes_and_sends_should_use_outbox @ shop.process.ApprovalWorker
class ApprovalWorker {
    private final shop.domain.Applicants applicants; private final org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
    ApprovalWorker(shop.domain.Applicants applicants, org.springframework.kafka.core.KafkaTemplate<String, Object> kafka) { this.applicants = applicants; this.kafka = kafka; }
    @JobWorker(type = "approve")
    public void approve(ActivatedJob job) {
        shop.domain.Applicant applicant = applicants.findById((String) job.getVariablesAsMap().get("id")).orElseThrow();
        applicant.approve(); applicants.save(applicant);
        kafka.send("approvals", applicant.getId(), new shop.feed.ApplicantApproved(applicant.getId()));
    }
}
package shop.process;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.camunda.zeebe.client.api.worker.JobClient;
import io.camunda.zeebe.spring.client.annotation.ZeebeWorker;
// To call others is what the worker is there for.
class IdentityWorker {
    private final org.springframework.web.client.RestTemplate rest;
    IdentityWorker(org.springframework.web.client.RestTemplate rest) { this.rest = rest; }
    @ZeebeWorker(type = "check-identity")
    public void check(JobClient client, ActivatedJob job) {
        Boolean genuine = rest.getForObject("http://identities/" + job.getKey(), Boolean.class);
        client.newCompleteCommand(job.getKey()).variables(java.util.Map.of("genuine", genuine)).send().join();
    }
}
package shop.process;
import org.springframework.transaction.annotation.Transactional;
// Starts a process for what it has stored; no broker is told.
public class Intake {
    private final shop.domain.Applicants applicants; private final io.camunda.zeebe.client.ZeebeClient zeebe;
    Intake(shop.domain.Applicants applicants, io.camunda.zeebe.client.ZeebeClient zeebe) { this.applicants = applicants; this.zeebe = zeebe; }
    @Transactional public void apply(String id, String mail) {
        applicants.save(new shop.domain.Applicant(id, mail));
        zeebe.newCreateInstanceCommand().bpmnProcessId("onboarding").latestVersion().variables(java.util.Map.of("id", id)).send().join();
    }
}
package shop.web;
import org.springframework.web.bind.annotation.*;
@RestController
class IntakeController {
    private final shop.process.Intake intake; private final org.springframework.messaging.simp.SimpMessagingTemplate browsers;
    IntakeController(shop.process.Intake intake, org.springframework.messaging.simp.SimpMessagingTemplate browsers) { this.intake = intake; this.browsers = browsers; }
    @PostMapping("/applicants/{id}") void apply(@PathVariable String id, @RequestParam String mail) { intake.apply(id, mail); browsers.convertAndSend("/topic/applicants", id); }
}
