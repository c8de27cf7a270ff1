package shop.orders;

import io.eventuate.tram.sagas.orchestration.SagaInstanceFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes orders. */
@Component
public class Orders {

    private final SagaInstanceFactory sagas;
    private final OrderSaga saga;
    private final TransactionTemplate transaction;
    private final boolean atomic;

    public Orders(
            SagaInstanceFactory sagas, OrderSaga saga, TransactionTemplate transaction, @Value("${shop.atomic:true}") boolean atomic) {
        this.sagas = sagas;
        this.saga = saga;
        this.transaction = transaction;
        this.atomic = atomic;
    }

    /** Begins a saga. What it writes at its beginning is one transaction, unless somebody has forgotten it. */
    public void place(Order order) {
        if (atomic) {
            transaction.executeWithoutResult(status -> sagas.create(saga, order));
        } else {
            sagas.create(saga, order);
        }
    }
}
