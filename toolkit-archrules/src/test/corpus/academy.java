// Spring Modulith: modules of one application.
// breaks: contexts_should_use_only_published_contracts @ billing → enrolment
// breaks: consumers_should_deduplicate @ shop.billing.Invoicing
// taken back: handlers_should_not_call_remotes @ shop.mailing.Welcome, since no partition waits for a listener of Modulith's
// breaks: events_should_not_expose_entities @ shop.enrolment.StudentEnrolled
package shop;
@org.springframework.modulith.Modulithic
@org.springframework.boot.autoconfigure.SpringBootApplication
public class AcademyApplication {}
package shop.enrolment;
import jakarta.persistence.*;
@Entity
public class Student {
    @Id private String number;
    private String mail;
    protected Student() {}
    public Student(String number, String mail) { this.number = number; this.mail = mail; }
    public String getNumber() { return number; }
    public String getMail() { return mail; }
}
package shop.enrolment;
interface Students extends org.springframework.data.jpa.repository.JpaRepository<Student, String> {}
package shop.enrolment;
public record StudentEnrolled(Student student, String course) {}
package shop.enrolment;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
@Service
public class Enrolment {
    private final Students students;
    private final ApplicationEventPublisher events;
    Enrolment(Students students, ApplicationEventPublisher events) { this.students = students; this.events = events; }
    @Transactional
    public void enrol(String number, String mail, String course) {
        Student student = students.save(new Student(number, mail));
        events.publishEvent(new StudentEnrolled(student, course));
    }
}
package shop.enrolment.internal;
public class CoursePrices {
    public int of(String course) { return course.length() * 100; }
}
package shop.billing;
import shop.enrolment.internal.CoursePrices;
class CourseFees {
    private final CoursePrices prices = new CoursePrices();
    int fee(String course) { return prices.of(course) + 20; }
}
package shop.billing;
import jakarta.persistence.*;
@Entity
class Invoice {
    @Id @GeneratedValue private Long id;
    private String student;
    private int amount;
    protected Invoice() {}
    Invoice(String student, int amount) { this.student = student; this.amount = amount; }
}
package shop.billing;
interface Invoices extends org.springframework.data.repository.Repository<Invoice, Long> { Invoice save(Invoice invoice); }
package shop.billing;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;
import shop.enrolment.StudentEnrolled;
@Component
class Invoicing {
    private final Invoices invoices;
    private final CourseFees fees;
    Invoicing(Invoices invoices, CourseFees fees) { this.invoices = invoices; this.fees = fees; }
    @ApplicationModuleListener
    void on(StudentEnrolled event) {
        invoices.save(new Invoice(event.student().getNumber(), fees.fee(event.course())));
    }
}
package shop.mailing;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.MailSender;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;
import shop.enrolment.StudentEnrolled;
@Component
class Welcome {
    private final MailSender mail;
    private final WelcomesSent sent;
    Welcome(MailSender mail, WelcomesSent sent) { this.mail = mail; this.sent = sent; }
    @ApplicationModuleListener
    void on(StudentEnrolled event) {
        if (sent.existsById(event.student().getNumber())) {
            return;
        }
        SimpleMailMessage message = new SimpleMailMessage();
        message.setTo(event.student().getMail());
        message.setText("Welcome to " + event.course());
        mail.send(message);
        sent.save(new WelcomeSent(event.student().getNumber()));
    }
}
package shop.mailing;
import jakarta.persistence.*;
@Entity
class WelcomeSent {
    @Id private String student;
    protected WelcomeSent() {}
    WelcomeSent(String student) { this.student = student; }
}
package shop.mailing;
interface WelcomesSent extends org.springframework.data.repository.CrudRepository<WelcomeSent, String> {}
