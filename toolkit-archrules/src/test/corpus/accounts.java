// Eventuate Tram, sagas and command handlers: customers, orders.
package shop.customer.events;
public record CustomerCreated(String name) implements io.eventuate.tram.events.common.DomainEvent {}
package shop.customer.events;
public record CreditReserved(Long orderId) implements io.eventuate.tram.events.common.DomainEvent {}
package shop.customer.commands;
public class ReserveCredit implements io.eventuate.tram.commands.common.Command {
    private Long orderId; public ReserveCredit() {} public ReserveCredit(Long orderId) { this.orderId = orderId; }
    public Long getOrderId() { return orderId; } public void setOrderId(Long orderId) { this.orderId = orderId; }
}
package shop.customer;
import jakarta.persistence.*;
@Entity public class Customer { @Id @GeneratedValue Long id; String name; public Customer() {} Customer(String name) { this.name = name; } void reserve(Long order) { if (order == null) { throw new IllegalStateException(); } } }
package shop.customer;
interface CustomerRepository extends org.springframework.data.repository.CrudRepository<Customer, Long> {}
package shop.customer;
import io.eventuate.tram.events.publisher.DomainEventPublisher;
class CustomerService {
    private final CustomerRepository customers; private final DomainEventPublisher events;
    CustomerService(CustomerRepository customers, DomainEventPublisher events) { this.customers = customers; this.events = events; }
    Customer create(String name) {
        Customer customer = customers.save(new Customer(name));
        events.publish(Customer.class, customer.id, java.util.List.of(new shop.customer.events.CustomerCreated(name)));
        return customer;
    }
    void reserve(Long order) { customers.findById(order).orElseThrow().reserve(order); events.publish(Customer.class, order, java.util.List.of(new shop.customer.events.CreditReserved(order))); }
}
package shop.customer;
import io.eventuate.tram.commands.consumer.*;
class CustomerCommandHandler {
    private final CustomerService service;
    CustomerCommandHandler(CustomerService service) { this.service = service; }
    CommandHandlers handlers() { return CommandHandlersBuilder.fromChannel("customers").onMessage(shop.customer.commands.ReserveCredit.class, this::reserve).build(); }
    io.eventuate.tram.messaging.common.Message reserve(CommandMessage<shop.customer.commands.ReserveCredit> message) {
        try { service.reserve(message.getCommand().getOrderId()); return CommandHandlerReplyBuilder.withSuccess(); }
        catch (RuntimeException e) { return CommandHandlerReplyBuilder.withFailure(); }
    }
}
package shop.billing;
import io.eventuate.tram.events.subscriber.*;
class BillingEvents {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    BillingEvents(org.springframework.jdbc.core.JdbcTemplate jdbc) { this.jdbc = jdbc; }
    DomainEventHandlers handlers() {
        return DomainEventHandlersBuilder.forAggregateType("Customer").onEvent(shop.customer.events.CustomerCreated.class, this::open).build();
    }
    private void open(DomainEventEnvelope<shop.customer.events.CustomerCreated> event) { jdbc.update("insert into account values (?)", event.getAggregateId()); }
}
package shop.booking;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSagaDsl;
import io.eventuate.tram.commands.consumer.*;
class BookTripSaga implements SimpleSagaDsl<BookTripSaga.Data> {
    static class Data { Long id; }
    private final SagaDefinition<Data> definition = step().invokeLocal(this::create).withCompensation(this::reject)
            .step().invokeParticipant(this::findTariff).onReply(String.class, this::tariff)
            .step().invokeParticipant(this::reserveCredit).withCompensation(this::releaseCredit)
            .step().invokeParticipant(this::issueTicket)
            .step().invokeLocal(this::approve).build();
    private void create(Data d) {} private void reject(Data d) {} private void approve(Data d) {} private void tariff(Data d, String t) {}
    private CommandWithDestination findTariff(Data d) { return command("find"); }
    private CommandWithDestination reserveCredit(Data d) { return command("reserve"); }
    private CommandWithDestination releaseCredit(Data d) { return command("release"); }
    private CommandWithDestination issueTicket(Data d) { return command("issue"); }
    private CommandWithDestination command(String what) { return CommandWithDestinationBuilder.send(new shop.customer.commands.ReserveCredit(1L)).to(what).build(); }
    SagaDefinition<Data> getSagaDefinition() { return definition; }
}
package shop.booking;
import io.eventuate.tram.sagas.orchestration.SagaDefinition;
import io.eventuate.tram.sagas.simpledsl.SimpleSagaDsl;
import io.eventuate.tram.commands.consumer.*;
// breaks: saga_steps_before_pivot_should_compensate @ shop.booking.RebookSaga
class RebookSaga implements SimpleSagaDsl<RebookSaga.Data> {
    static class Data {}
    SagaDefinition<Data> getSagaDefinition() {
        return step().invokeParticipant(this::blockSeat)
            .step().invokeParticipant(this::chargeFee).withCompensation(this::refundFee)
            .step().invokeParticipant(this::confirm).build();
    }
    private CommandWithDestination blockSeat(Data d) { return null; } private CommandWithDestination chargeFee(Data d) { return null; }
    private CommandWithDestination refundFee(Data d) { return null; } private CommandWithDestination confirm(Data d) { return null; }
}
package shop.booking;
import io.temporal.workflow.*;
@WorkflowInterface interface RefundWorkflow { @WorkflowMethod void refund(String id); }
package shop.booking;
class RefundWorkflowImpl implements RefundWorkflow {
    private final RefundActivities activities = io.temporal.workflow.Workflow.newActivityStub(RefundActivities.class);
    public void refund(String id) { String key = io.temporal.workflow.Workflow.randomUUID().toString(); activities.pay(id, key); io.temporal.workflow.Workflow.sleep(10); }
}
package shop.booking;
@io.temporal.activity.ActivityInterface interface RefundActivities { void pay(String id, String key); }
package shop.booking;
class RefundActivitiesImpl implements RefundActivities {
    private final org.springframework.web.client.RestTemplate bank = new org.springframework.web.client.RestTemplate();
    public void pay(String id, String key) { bank.postForObject("http://bank/" + id, key, String.class); }
}
