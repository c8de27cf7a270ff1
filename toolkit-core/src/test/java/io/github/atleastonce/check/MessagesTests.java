package io.github.atleastonce.check;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.POISON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asserted of the messages on a channel. */
class MessagesTests {

    record Line(String sku, int amount) {}

    record Invoice(String id, int version, List<Line> lines, Map<String, String> notes) {

        static Invoice of(String id, int version) {
            return new Invoice(id, version, List.of(new Line("s-1", 30)), Map.of("by", "till"));
        }
    }

    /** Invoices each order, again and again if it forgets what it has done. */
    private static void till(Scenario scenario, boolean forgetful) {
        Set<String> done = new HashSet<>();
        scenario.service("till", life -> {
            life.subscribe("orders", String.class, order -> {
                if (forgetful || done.add(order)) {
                    life.send("invoices", order, Invoice.of(order, 1));
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.channel("orders").send("o-2", "o-2");
    }

    private static Outcome once(Consumer<Scenario> body) {
        return ScenarioRunner.of(CRASH).replay(ScheduleToken.parse("1:"), body::accept);
    }

    private static void passes(Consumer<Scenario> body) {
        assertThat(once(body)).isInstanceOf(Outcome.Passed.class);
    }

    private static void fails(Consumer<Scenario> body, String words) {
        assertThat(once(body))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(AssertionError.class)
                                .hasMessageContaining(words));
    }

    @Test
    void settlesAndKnowsKeysPayloadsAndHeaders() {
        passes(scenario -> {
            till(scenario, true);
            scenario.channel("invoices")
                    .send(Message.of("m-1", "o-3", Invoice.of("o-3", 1)).withHeader("tenant", "a"));
            assertThat(Messages.of(scenario, "invoices")).hasSize(3);
            assertThat(Messages.of(scenario, "invoices"))
                    .withKey("o-2")
                    .payloads(Invoice.class)
                    .extracting(Invoice::id)
                    .containsExactly("o-2");
            assertThat(Messages.of(scenario, "invoices"))
                    .withHeader("tenant", "a")
                    .extracting(Message::key)
                    .containsExactly("o-3");
            assertThat(Messages.of(scenario, "invoices"))
                    .filteredOn(message -> "o-1".equals(message.key()))
                    .hasSize(1);
        });
    }

    @Test
    void whatIsMissingOrTooMuchIsNamed() {
        fails(
                scenario -> {
                    till(scenario, true);
                    assertThat(Messages.of(scenario, "invoices")).withKey("o-3").isNotEmpty();
                },
                "the messages of 'invoices' with key 'o-3'");
        fails(
                scenario -> {
                    till(scenario, true);
                    assertThat(Messages.of(scenario, "invoices")).json("id").containsExactly("o-1");
                },
                "o-2");
    }

    @Test
    void looksIntoObjectsAndText() {
        passes(scenario -> {
            scenario.consumer("archive", "invoices", Object.class, invoice -> {});
            scenario.channel("invoices").send("o-1", Invoice.of("o-1", 1));
            scenario.channel("invoices")
                    .send(
                            "o-2",
                            "{\"id\": \"o-2\", \"lines\": [ {\"sku\":\"s-1\", \"amount\": 30} ], \"notes\":{\"by\":\"till\"}}");
            assertThat(Messages.of(scenario, "invoices")).json("id").containsExactly("o-1", "o-2");
            assertThat(Messages.of(scenario, "invoices"))
                    .json("$.lines[0].amount")
                    .containsOnly(30);
            assertThat(Messages.of(scenario, "invoices")).json("notes.by").containsOnly("till");
        });
        fails(
                scenario -> {
                    till(scenario, true);
                    assertThat(Messages.of(scenario, "invoices"))
                            .json("lines[0].amuont")
                            .doesNotContain(31);
                },
                "Invoice(o-1) has no 'lines[0].amuont': there is no 'amuont' in Line");
        fails(
                scenario -> {
                    till(scenario, true);
                    assertThat(Messages.of(scenario, "orders")).json("id").isEmpty();
                },
                "it is no JSON");
    }

    @Test
    void charactersMayBeWrittenAsNumbers() {
        PayloadPath id = PayloadPath.of("id");

        assertThat(id.in("{\"id\": \"\\u00e9\"}")).isEqualTo("\u00e9");
        for (String broken : List.of("{\"id\": \"\\u00zz\"}", "{\"id\": \"\\u00")) {
            assertThatThrownBy(() -> id.in(broken))
                    .isInstanceOf(PayloadPath.MissingException.class)
                    .hasMessageStartingWith("it is no JSON");
        }
    }

    @Test
    void aPathThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> PayloadPath.of("lines[x]"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'lines[x]' cannot be read");
    }

    @Test
    void readsJson() {
        assertThat(JsonText.read(
                        " {\"a\\u0041\\n\": [1, 2.5, -3e2, true, null, 9999999999, \"\"], \"b\": {}, \"c\":[]} "))
                .asInstanceOf(MAP)
                .contains(
                        entry("aA\n", Arrays.asList(1, 2.5, -300.0, true, null, 9_999_999_999L, "")),
                        entry("b", Map.of()),
                        entry("c", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "tru", "\"a", "1 2", "\"\\u00", "{a:1}"})
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonText.read(text)).isInstanceOf(PayloadPath.MissingException.class);
    }

    @Test
    void keepsOrderPerKey() {
        passes(scenario -> {
            scenario.channel("invoices").send("a", Invoice.of("a", 1));
            scenario.channel("invoices").send("b", Invoice.of("b", 2));
            scenario.channel("invoices").send("a", Invoice.of("a", 1));
            scenario.channel("invoices").send("b", Invoice.of("b", 3));
            scenario.consumer("archive", "invoices", Invoice.class, invoice -> {});
            assertThat(Messages.of(scenario, "invoices")).keepOrderPerKey(Invoice::version);
        });
        fails(
                scenario -> {
                    scenario.channel("invoices").send("a", Invoice.of("a", 2));
                    scenario.channel("invoices").send("a", Invoice.of("a", 1));
                    scenario.consumer("archive", "invoices", Invoice.class, invoice -> {});
                    assertThat(Messages.of(scenario, "invoices")).keepOrderPerKey(Invoice::version);
                },
                "Invoice(a) comes after one with 2, and has 1.");
    }

    @Test
    void neverIsEvidence() {
        Outcome outcome = ScenarioRunner.of(CRASH).explore(scenario -> {
            scenario.channel("refunds");
            till(scenario, true);
            assertThat(Messages.of(scenario, "refunds")).hasNone();
        });
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        fails(
                scenario -> {
                    till(scenario, true);
                    assertThat(Messages.of(scenario, "invoices")).hasNone();
                },
                "the messages of 'invoices'");
    }

    /** What is not there because nothing was delivered is no evidence. */
    @Test
    void neverFailsWhereNothingIsDelivered() {
        Outcome outcome = ScenarioRunner.of(CRASH).explore(scenario -> {
            scenario.channel("refunds");
            till(scenario, true);
            assertThat(Messages.of(scenario, "refunds")).isEmpty();
        });
        assertThat(outcome)
                .isInstanceOf(Outcome.Inconclusive.class)
                .asString()
                .contains("even when nothing is delivered");
    }

    @Test
    void aMisspeltChannelIsRefused() {
        assertThat(once(scenario -> {
                    till(scenario, true);
                    assertThat(Messages.of(scenario, "invioces")).hasNone();
                }))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining("Nobody has sent to the channel 'invioces'"));
    }

    /** What faults put on a channel is nobody's message; what a service sends again is. */
    @Test
    void exactlyTheseAndNoOthersUnderFaults() {
        Outcome right = ScenarioRunner.of(DUPLICATE, POISON, CRASH).explore(scenario -> {
            scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("dead-orders"));
            scenario.consumer("archive", "invoices", Invoice.class, invoice -> {});
            till(scenario, true);
            assertThat(Messages.of(scenario, "orders")).payloads().containsExactly("o-1", "o-2");
            assertThat(Messages.of(scenario, "invoices"))
                    .withoutRepetitions()
                    .json("id")
                    .containsExactlyInAnyOrder("o-1", "o-2");
        });
        Outcome wrong = ScenarioRunner.of(DUPLICATE).explore(scenario -> {
            till(scenario, true);
            assertThat(Messages.of(scenario, "invoices")).json("id").containsExactlyInAnyOrder("o-1", "o-2");
        });

        assertThat(right).isInstanceOf(Outcome.Passed.class);
        assertThat(wrong).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void deadLettersAreMessagesOfTheirChannel() {
        passes(scenario -> {
            scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("dead-orders"));
            scenario.consumer("till", "orders", String.class, order -> {
                throw new IllegalStateException("no");
            });
            scenario.consumer("clerk", "dead-orders", String.class, order -> {});
            scenario.channel("orders").send("o-1", "o-1");
            assertThat(Messages.of(scenario, "dead-orders"))
                    .extracting(Message::key)
                    .containsExactly("o-1");
        });
    }
}
