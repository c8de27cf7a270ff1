package io.github.atleastonce.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each way in which a server of queues may break its word is caught by the clause on that. */
class BrokenQueuesTests {

    abstract static class BrokenContract extends TransportContract {

        abstract QueueServer server();

        /** What a broken server has lost is not waited for as long as elsewhere. */
        @Override
        protected TransportFactory transport() {
            Queues queues = new Queues("in broken queues", server());
            return new TransportFactory() {

                @Override
                public Transport open(Run run) {
                    return queues.open(run);
                }

                @Override
                public Capabilities capabilities() {
                    return queues.capabilities();
                }

                @Override
                public Bounds bounds() {
                    return queues.bounds().withSettleTimeout(Duration.ofMillis(100));
                }
            };
        }
    }

    static class ToTheTailTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new UnlimitedQueues.ToTheTail();
        }
    }

    @Test
    void whatIsGivenBackComesFirstWhereAnOrderIsDeclared() {
        assertThat(broken(ToTheTailTestCase.class))
                .containsExactlyInAnyOrder(
                        "a handler that throws gets its message again", "messages of a key keep their order");
    }

    static class EachTwiceTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new MemoryQueues() {

                @Override
                public String put(String queue, Envelope message) {
                    super.put(queue, message);
                    return super.put(queue, message);
                }
            };
        }
    }

    @Test
    void aMessageForEachConsumerIsCaught() {
        assertThat(broken(EachTwiceTestCase.class))
                .contains(
                        "each message goes to one of several consumers",
                        "a consumer that comes late gets what nobody has taken");
    }

    static class OnceMoreTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new MemoryQueues() {

                @Override
                public int deliveryLimit() {
                    return LIMIT + 1;
                }
            };
        }
    }

    @Test
    void anotherLimitIsCaught() {
        assertThat(broken(OnceMoreTestCase.class))
                .containsExactlyInAnyOrder(
                        "what was delivered in vain too often is put aside",
                        "deliveries to lives that died are in vain, too");
    }

    static class ForgetsTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new MemoryQueues() {

                @Override
                public Optional<InHand> take(String queue) {
                    return super.take(queue).map(Uncounted::new);
                }
            };
        }
    }

    /** Counts, and does not say so. */
    private record Uncounted(QueueServer.InHand counted) implements QueueServer.InHand {

        @Override
        public String identity() {
            return counted.identity();
        }

        @Override
        public Envelope envelope() {
            return counted.envelope();
        }

        @Override
        public int deliveries() {
            return 0;
        }

        @Override
        public void acknowledge() {
            counted.acknowledge();
        }

        @Override
        public void giveBack() {
            counted.giveBack();
        }
    }

    @Test
    void anUntoldCountIsCaught() {
        assertThat(broken(ForgetsTestCase.class)).contains("each message says how often it was delivered");
    }

    static class FirstIsFreeTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new MemoryQueues() {

                private int handed;

                @Override
                public void purge() {
                    super.purge();
                    handed = 0;
                }

                @Override
                public Optional<InHand> take(String queue) {
                    handed++;
                    return super.take(queue);
                }

                /** What a run gives back first was not counted, be it after a death or after a failure. */
                @Override
                void giveBack(String queue, Entry entry) {
                    if (entry.deliveries == 1 && handed == 1) {
                        entry.deliveries = 0;
                    }
                    super.giveBack(queue, entry);
                }
            };
        }
    }

    @Test
    void aFirstDeliveryThatIsNotCountedIsCaught() {
        assertThat(broken(FirstIsFreeTestCase.class))
                .contains(
                        "what was delivered in vain too often is put aside",
                        "deliveries to lives that died are in vain, too");
    }

    static class EachAnewTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new MemoryQueues() {

                @Override
                public Duration deduplicationWindow() {
                    return Duration.ofMinutes(5);
                }
            };
        }
    }

    @Test
    void idsThatAreNotComparedAreCaught() {
        assertThat(broken(EachAnewTestCase.class))
                .containsExactly("a message that is sent again with its id comes once");
    }

    static class BesideEachOtherTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new FirstInFirstOutQueues() {

                @Override
                public boolean handsOutOneAtATime() {
                    return false;
                }
            };
        }
    }

    @Test
    void aQueueThatDoesNotHandOutTwoIsCaught() {
        assertThat(broken(BesideEachOtherTestCase.class))
                .containsExactlyInAnyOrder(
                        "what a handler sends is settled too", "CONCURRENT has an effect, and all settles");
    }

    static class HoldsBackTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new FirstInFirstOutQueues() {

                @Override
                public Ordering ordering() {
                    return Ordering.NONE;
                }
            };
        }
    }

    @Test
    void aQueueWithoutAnOrderThatHoldsBackTheOthersIsCaught() {
        assertThat(broken(HoldsBackTestCase.class)).contains("a message that fails holds back no other");
    }

    static class NeverEmptyTestCase extends BrokenContract {

        @Override
        QueueServer server() {
            return new MemoryQueues() {

                @Override
                public void purge() {
                    if (!has("tasks")) {
                        super.purge();
                    }
                }
            };
        }
    }

    @Test
    void whatTheRunBeforeHasLeftIsCaught() {
        assertThat(broken(NeverEmptyTestCase.class)).contains("what nobody has taken does not come to the next run");
    }

    private static List<String> broken(Class<? extends TransportContract> testCase) {
        var tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .execute()
                .testEvents();
        assertThat(tests.finished().count()).isGreaterThanOrEqualTo(11);
        return tests.failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }
}
