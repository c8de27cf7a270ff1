package io.github.atleastonce.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each way to break the contract is caught by the clause that names it; what keeps it passes. */
class TransportContractTests {

    private static List<String> broken(Class<? extends TransportContract> testCase) {
        List<String> failed = new ArrayList<>();
        var tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .execute()
                .testEvents();
        assertThat(tests.finished().count()).isGreaterThanOrEqualTo(11);
        tests.failed().stream().map(Event::getTestDescriptor).forEach(test -> failed.add(test.getDisplayName()));
        return failed;
    }

    static class LosesOnRewindTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.delegating(BrokenTransports.LosesOnRewind::new);
        }
    }

    @Test
    void lossOnRewindIsCaught() {
        assertThat(broken(LosesOnRewindTestCase.class))
                .contains(
                        "a handler that throws gets its message again",
                        "REDELIVERY has an effect, and all settles",
                        "CRASH has an effect, and all settles");
    }

    static class RetriesLaterTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.delegating(BrokenTransports.RetriesLater::new);
        }
    }

    @Test
    void aRetryBehindTheNextOfItsKeyIsCaught() {
        assertThat(broken(RetriesLaterTestCase.class)).contains("a handler that throws gets its message again");
    }

    static class IgnoresFurtherNodesTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.delegating(BrokenTransports.IgnoresFurtherNodes::new);
        }
    }

    @Test
    void aNodeThatGetsNothingIsCaught() {
        assertThat(broken(IgnoresFurtherNodesTestCase.class))
                .containsExactlyInAnyOrder(
                        "REBALANCE has an effect, and all settles", "PAUSE has an effect, and all settles");
    }

    static class SettlesEarlyTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.delegating(BrokenTransports.SettlesEarly::new);
        }
    }

    @Test
    void settlingEarlyIsCaught() {
        assertThat(broken(SettlesEarlyTestCase.class))
                .contains("every group gets every message", "what a handler sends is settled too");
    }

    static class ReordersAKeyTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.delegating(BrokenTransports.ReordersAKey::new);
        }
    }

    @Test
    void anotherOrderWithinAKeyIsCaught() {
        assertThat(broken(ReordersAKeyTestCase.class)).contains("messages of a key keep their order");
    }

    static class ForgetsLeftoversTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.delegating(BrokenTransports.ForgetsLeftovers::new);
        }
    }

    @Test
    void silenceAboutLeftoversIsCaught() {
        assertThat(broken(ForgetsLeftoversTestCase.class)).containsExactly("what is not settled is named");
    }

    static class LosesHeadersTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.delegating(BrokenTransports.LosesHeaders::new);
        }
    }

    @Test
    void lostHeadersAreCaught() {
        assertThat(broken(LosesHeadersTestCase.class)).containsExactly("keys, headers and payloads arrive");
    }

    static class DeliversAtOnceTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.delegating(BrokenTransports.DeliversAtOnce::new);
        }
    }

    @Test
    void deliveryBeforeSettlingIsCaught() {
        assertThat(broken(DeliversAtOnceTestCase.class)).contains("what is not settled is named");
    }

    static class RemembersTheRunBeforeTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            List<Message> sent = new ArrayList<>();
            return BrokenTransports.factory(TransportFactory.IN_MEMORY.capabilities(), run -> {
                var transport = TransportFactory.IN_MEMORY.open(run);
                sent.forEach(transport.channel(ORDERS)::send);
                sent.clear();
                sent.add(Message.of("m-1", "ant", "order m-1"));
                return transport;
            });
        }
    }

    @Test
    void messagesOfTheRunBeforeAreCaught() {
        assertThat(broken(RemembersTheRunBeforeTestCase.class)).contains("a run sees nothing of the run before");
    }

    static class OffersMoreThanItDeclaresTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.declaring(true, faults -> {
                faults.remove(Fault.REDELIVERY);
                return faults;
            });
        }
    }

    @Test
    void aFaultThatIsNotDeclaredIsCaught() {
        assertThat(broken(OffersMoreThanItDeclaresTestCase.class))
                .containsExactly("nothing goes wrong that is not declared");
    }

    static class DeclaresMoreThanItOffersTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.declaring(true, faults -> {
                faults.add(Fault.CONNECTION_LOST);
                return faults;
            });
        }
    }

    @Test
    void aFaultWithoutAnEffectIsCaught() {
        assertThat(broken(DeclaresMoreThanItOffersTestCase.class))
                .containsExactly("CONNECTION_LOST has an effect, and all settles");
    }

    static class DeniesStaleDuplicatesTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.declaring(false, faults -> faults);
        }
    }

    @Test
    void aStaleCopyIsCaughtWhereNoneIsDeclared() {
        assertThat(broken(DeniesStaleDuplicatesTestCase.class))
                .containsExactly("no copy comes after a later message of its key");
    }

    static class DeniesItsOrderTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return BrokenTransports.unordered();
        }
    }

    @Test
    void aMessageThatHoldsBackOthersIsCaughtWhereNoOrderIsDeclared() {
        assertThat(broken(DeniesItsOrderTestCase.class)).containsExactly("a message that fails holds back no other");
    }

    static class InMemoryTestCase extends TransportContract {
        @Override
        protected TransportFactory transport() {
            return TransportFactory.IN_MEMORY;
        }
    }

    @Test
    void theTransportInMemoryKeepsIt() {
        assertThat(broken(InMemoryTestCase.class)).isEmpty();
    }
}
