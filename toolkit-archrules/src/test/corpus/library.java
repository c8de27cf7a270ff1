// Spring Modulith: one module is marked, its siblings are modules as well: a library.
package shop;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class LibraryApplication { public static void main(String[] args) { System.out.println(args.length); } }
package shop.lending;
@org.springframework.modulith.PackageInfo @org.springframework.modulith.ApplicationModule(displayName = "Lending")
interface ModuleOfLending {}
package shop.catalog;
// What other modules may ask.
@org.springframework.stereotype.Service
public class Catalog {
    private final shop.catalog.internal.CopyTable copies;
    Catalog(shop.catalog.internal.CopyTable copies) { this.copies = copies; }
    public boolean available(String isbn) { return copies.count(isbn) > 0; }
}
package shop.catalog;
public record CopyAdded(String isbn, String copyId) {}
package shop.catalog.internal;
@org.springframework.stereotype.Repository
public class CopyTable {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    CopyTable(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    public int count(String isbn) { return jdbc.queryForObject("select count(*) from copy where isbn = ?", Integer.class, isbn); }
    public void add(String isbn, String copy) { jdbc.update("insert into copy(isbn, id) values (?, ?)", isbn, copy); }
}
package shop.catalog.internal;
import org.springframework.transaction.annotation.Transactional;
@org.springframework.stereotype.Service
class Acquisition {
    private final CopyTable copies; private final org.springframework.context.ApplicationEventPublisher events;
    Acquisition(CopyTable copies, org.springframework.context.ApplicationEventPublisher events) { this.copies = copies; this.events = events; }
    @Transactional void acquire(String isbn) { copies.add(isbn, isbn + "-1"); events.publishEvent(new shop.catalog.CopyAdded(isbn, isbn + "-1")); }
}
package shop.lending;
import jakarta.persistence.*;
@Entity
class Loan {
    @Id @GeneratedValue private Long id; private String isbn; private String reader;
    protected Loan() {} Loan(String isbn, String reader) { this.isbn = isbn; this.reader = reader; }
}
package shop.lending;
interface LoanRepository extends org.springframework.data.repository.ListCrudRepository<Loan, Long> { long countByReader(String reader); }
package shop.lending;
@org.springframework.modulith.events.Externalized("library.books")
public record BookLent(String isbn, String reader) {}
package shop.lending;
public record BookReturned(String isbn, String reader) {}
package shop.lending;
import org.springframework.transaction.annotation.Transactional;
// The registry keeps the event with the loan, and sends it after.
@org.springframework.stereotype.Service
class Lending {
    private final LoanRepository loans; private final shop.catalog.Catalog catalog; private final org.springframework.context.ApplicationEventPublisher events;
    Lending(LoanRepository loans, shop.catalog.Catalog catalog, org.springframework.context.ApplicationEventPublisher events) { this.loans = loans; this.catalog = catalog; this.events = events; }
    @Transactional public void lend(String isbn, String reader) {
        if (!catalog.available(isbn)) { throw new IllegalArgumentException(isbn); }
        loans.save(new Loan(isbn, reader)); events.publishEvent(new BookLent(isbn, reader));
    }
}
package shop.lending;
public final class Notices {
    private Notices() {}
    public record LoanExtended(String id) {} public record LoanOverdue(String id) {} public record LoanClosed(String id) {}
    public record FineRaised(String id) {} public record FinePaid(String id) {} public record ReaderBlocked(String id) {} public record ReaderAdmitted(String id) {} public record ReaderWarned(String id) {}
}
package shop.lending;
@org.springframework.stereotype.Service
class Desk {
    private final org.springframework.context.ApplicationEventPublisher events;
    Desk(org.springframework.context.ApplicationEventPublisher events) { this.events = events; }
    void overdue(String id) { events.publishEvent(new Notices.LoanOverdue(id)); events.publishEvent(new Notices.FineRaised(id)); events.publishEvent(new Notices.ReaderWarned(id)); }
    void close(String id) { events.publishEvent(new Notices.LoanClosed(id)); events.publishEvent(new Notices.FinePaid(id)); }
    void reader(String id) { events.publishEvent(new Notices.ReaderBlocked(id)); events.publishEvent(new Notices.ReaderAdmitted(id)); events.publishEvent(new Notices.LoanExtended(id)); }
}
package shop.letters;
import org.springframework.modulith.events.ApplicationModuleListener;
// Knows everything that happens at the desk.
// breaks: foreign_events_within_budget @ letters → lending
class Letters {
    private final java.util.Queue<String> pile = new java.util.concurrent.ConcurrentLinkedQueue<>();
    @ApplicationModuleListener void on(shop.lending.Notices.LoanExtended event) { pile.add(event.id()); }
    @ApplicationModuleListener void on(shop.lending.Notices.LoanOverdue event) { pile.add(event.id()); }
    @ApplicationModuleListener void on(shop.lending.Notices.LoanClosed event) { pile.add(event.id()); }
    @ApplicationModuleListener void on(shop.lending.Notices.FineRaised event) { pile.add(event.id()); }
    @ApplicationModuleListener void on(shop.lending.Notices.FinePaid event) { pile.add(event.id()); }
    @ApplicationModuleListener void on(shop.lending.Notices.ReaderBlocked event) { pile.add(event.id()); }
    @ApplicationModuleListener void on(shop.lending.Notices.ReaderAdmitted event) { pile.add(event.id()); }
    @ApplicationModuleListener void on(shop.lending.Notices.ReaderWarned event) { pile.add(event.id()); }
}
package shop.letters;
// Looks into the table of another module.
// breaks: contexts_should_use_only_published_contracts @ letters → catalog
class Stocktaking {
    private final shop.catalog.internal.CopyTable copies;
    Stocktaking(shop.catalog.internal.CopyTable copies) { this.copies = copies; }
    int pieces(String isbn) { return copies.count(isbn); }
}
package shop.statistics;
import org.springframework.modulith.events.ApplicationModuleListener;
// A crash after the commit, before the registry has ticked it off, counts the loan twice.
// breaks: consumers_should_deduplicate @ shop.statistics.LoanCounter
class LoanCounter {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    LoanCounter(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @ApplicationModuleListener void on(shop.lending.BookLent lent) { jdbc.update("update statistic set loans = loans + 1 where isbn = ?", lent.isbn()); }
}
package shop.statistics;
import org.springframework.modulith.events.ApplicationModuleListener;
// The reader's last book: to set it twice is to set it.
class LastBook {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    LastBook(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @ApplicationModuleListener void on(shop.lending.BookLent lent) {
        jdbc.update("insert into last_book(reader, isbn) values (?, ?) on conflict (reader) do update set isbn = excluded.isbn", lent.reader(), lent.isbn());
    }
}
