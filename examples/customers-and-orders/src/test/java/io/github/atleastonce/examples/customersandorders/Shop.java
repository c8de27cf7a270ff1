package io.github.atleastonce.examples.customersandorders;

import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.scenario.Scenario;

/** The three services, wherever they run. The body of the tests is the same for all places. */
interface Shop {

    /** Returns their databases. */
    Databases databases();

    /** Boots them. */
    void open(Scenario scenario);

    /** Returns by what one sees here how far an order is. */
    Saga saga();
}
