package io.github.atleastonce.contract;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.atleastonce.channel.Distribution;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The suite that every transport passes: an extension point. Extend it in a test class and name the factory; what is tested follows
 * from the capabilities that the factory declares.
 *
 * <pre>{@code
 * class PigeonPostContractTests extends TransportContract {
 *
 *     @Override
 *     protected TransportFactory transport() {
 *         return new PigeonPost();
 *     }
 * }
 * }</pre>
 *
 * <p>The suite uses the channels {@link #ORDERS}, {@link #REPLIES} and {@link #DEAD}; a transport whose channels have to be there
 * already creates them before, {@code ORDERS} with three partitions if it has partitions, and with {@code DEAD} for what reaches its delivery
 * limit if it has one. The idea of one suite steered by
 * declared features is Watermill's.
 */
@API(status = API.Status.INTERNAL)
public abstract class TransportContract {

    /** The channel that the suite sends to. */
    public static final String ORDERS = "contract-orders";

    /** The channel that handlers send to. */
    public static final String REPLIES = "contract-replies";

    /** The dead letter channel, used where channels can be declared, or have a delivery limit. */
    public static final String DEAD = "contract-dead";

    /** For subclasses. */
    protected TransportContract() {}

    /**
     * Returns the factory whose transports are tested; asked for once by each test run of the class.
     *
     * @return the factory
     */
    protected abstract TransportFactory transport();

    /**
     * Returns payloads that a subscriber must get as they were sent, compared by {@code equals}.
     *
     * @return the payloads, by default a text, one that is empty, and one with characters of many scripts
     */
    protected List<Object> payloads() {
        return List.of("text", "", "größe 注文 😀 \n\t\"");
    }

    /**
     * Makes the tests.
     *
     * @return a test for each clause of the contract that the transport's capabilities call for
     */
    @TestFactory
    public final Stream<DynamicTest> contract() {
        TransportFactory factory = transport();
        Laboratory laboratory = new Laboratory(factory);
        boolean declares = laboratory.takesDeclarations(ORDERS);
        DeliveryClauses delivery = new DeliveryClauses(laboratory);
        FaultClauses faults = new FaultClauses(laboratory, declares);
        QueueClauses queue = new QueueClauses(laboratory, factory.capabilities());
        RunClauses run = new RunClauses(laboratory, factory.capabilities());
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(dynamicTest("keys, headers and payloads arrive", () -> delivery.arrive(payloads())));
        if (factory.capabilities().distribution() == Distribution.EVERY_GROUP) {
            tests.add(dynamicTest("every group gets every message", delivery::everyGroup));
            tests.add(dynamicTest("a group that comes late gets every message", delivery::lateGroup));
        } else {
            tests.add(dynamicTest("each message goes to one of several consumers", queue::oneConsumer));
            tests.add(dynamicTest("a consumer that comes late gets what nobody has taken", queue::lateConsumer));
            tests.add(dynamicTest("what nobody has taken does not come to the next run", queue::emptyAtFirst));
        }
        tests.add(dynamicTest("what was settled does not come again", delivery::positions));
        tests.add(dynamicTest("a run sees nothing of the run before", delivery::isolation));
        tests.add(dynamicTest("what a handler sends is settled too", faults::settlesChains));
        tests.add(dynamicTest("what is not settled is named", delivery::namesLeftovers));
        tests.add(dynamicTest("a handler that throws gets its message again", delivery::failsOnce));
        if (factory.capabilities().deliveryLimit() == 0) {
            tests.add(dynamicTest("a handler that keeps throwing fails the run", delivery::failsAlways));
        } else {
            tests.add(dynamicTest("what was delivered in vain too often is put aside", queue::deliveryLimit));
            if (laboratory.declared().contains(Fault.CRASH)) {
                tests.add(dynamicTest("deliveries to lives that died are in vain, too", queue::deliveryLimitOfDeaths));
            }
        }
        if (factory.capabilities().deliveryCount()) {
            tests.add(dynamicTest("each message says how often it was delivered", queue::deliveryCount));
        }
        if (!factory.capabilities().deduplicationWindow().isZero()) {
            tests.add(dynamicTest("a message that is sent again with its id comes once", queue::deduplication));
        }
        tests.add(dynamicTest("claims are checked after each delivery", run::checksClaims));
        tests.add(dynamicTest("failures with a message are counted", run::countsAttempts));
        if (laboratory.declared().contains(Fault.CRASH)) {
            tests.add(dynamicTest("a life may die before its handler", run::diesBeforeTheHandler));
        }
        if (run.isAsInMemory()) {
            tests.add(dynamicTest("places have the names that they have in memory", run::namesPlacesAsInMemory));
        }
        if (declares) {
            tests.add(dynamicTest("what keeps failing goes to the dead letter channel", delivery::deadLetter));
        }
        if (laboratory.keepsOrder()) {
            tests.add(dynamicTest("messages of a key keep their order", faults::keyOrder));
        } else {
            tests.add(dynamicTest("a message that fails holds back no other", delivery::failsAlone));
        }
        if (!factory.capabilities().staleDuplicates()) {
            tests.add(dynamicTest("no copy comes after a later message of its key", faults::noStale));
        }
        tests.add(dynamicTest("nothing goes wrong that is not declared", faults::nothingElse));
        for (Fault fault : laboratory.declared()) {
            tests.add(dynamicTest(fault + " has an effect, and all settles", () -> faults.effect(fault)));
        }
        return tests.stream();
    }
}
