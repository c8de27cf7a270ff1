package io.github.atleastonce.report;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.report.Customers.OrderCreated;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailurePageTests {

    private static final int MOST_BYTES = 100_000;
    private static final Pattern LOADED = Pattern.compile("(?i)(src|href)\\s*=|url\\(|@import|https?://");

    record PaymentMade(String order) {}

    @Test
    void showsWhatTheStoryTells() throws IOException {
        String page = page(CRASH, FailurePageTests::paysAgain);

        assertThat(page)
                .contains("<h1>PaymentTests.paysOnce</h1>")
                .contains("Fails under 1 fault. Fault-free run passed;")
                .contains("-Datleastonce.replay=&#39;1:crash(payer&lt;orders[k1]/send payments)&#39;")
                .satisfies(any -> assertThat(columns(any))
                        .containsExactly(
                                "test: test",
                                "channel: orders",
                                "channel: payments",
                                "service: payer",
                                "service: ledger"))
                .contains("<p class=\"band\">✗ CRASH after send payments, before acknowledgement</p>")
                .contains("<i class=\"line dead\"")
                .contains("<span>life 2</span>")
                .contains("REDELIVERY")
                .contains("The process dies between two steps");
        keep("payments.html", page);
    }

    @Test
    void showsWhatEachStepHasChanged() throws IOException {
        String page = page("ReservationTests.reservesOnce", CRASH, new Reservations("page")::reserveOnce);

        assertThat(columns(page))
                .containsExactly(
                        "test: test",
                        "channel: orders",
                        "channel: reservations",
                        "service: customers",
                        "table: reservation",
                        "table: customer");
        assertThat(books(page))
                .containsExactly(
                        "insert reservation: 1 row (o-1, 30) committed"
                                + "|update customer: 1 row (30, c-1) committed|customers has committed 0 of 1 of orders-0",
                        "customers has committed 0 of 1 of orders-0",
                        "insert reservation: 1 row (o-1, 30) committed|update customer: 1 row (30, c-1) committed"
                                + "|customers has committed 1 of 1 of orders-0");
        keep("failure.html", page);
    }

    @Test
    void showsWhatADeathHasUndone() {
        Reservations reservations = new Reservations("undone");
        String page = page(CRASH, scenario -> {
            reservations.reserveOnce(scenario);
            assertThat(scenario.history().of(Event.Crashed.class))
                    .noneMatch(death -> death.where().equals("after insert reservation"));
        });

        assertThat(books(page))
                .startsWith(
                        "insert reservation: 1 row (o-1, 30) not committed yet|customers has committed 0 of 1 of orders-0",
                        "insert reservation: 1 row (o-1, 30) undone|customers has committed 0 of 1 of orders-0");
    }

    @Test
    void marksTheFirstDifference() {
        String page = page(CRASH, FailurePageTests::paysAgain);

        assertThat(page).contains("<input type=\"checkbox\" id=\"compare\">");
        assertThat(numberOfFirst(page)).isEqualTo("3");
        assertThat(page).containsOnlyOnce("class=\"band first\"");
        assertThat(page)
                .contains("The first difference is row 3, which comes under the fault only: OrderCreated(o-1) → payer");
    }

    /** A failure without any fault has nothing to be compared with. */
    @Test
    void comparesNothingWithItself() {
        String page = page(CRASH, scenario -> {
            FailurePageTests.paysAgain(scenario);
            assertThat("the service").isEqualTo("another one");
        });

        assertThat(page)
                .doesNotContain("id=\"compare\"")
                .doesNotContain("band first")
                .doesNotContain("first difference");
        assertThat(page).contains("It fails without a fault");
    }

    /** What fails though it did the same has no difference to show. */
    @Test
    void showsNoDifferenceWhereThereIsNone() {
        String page = page(DUPLICATE, scenario -> {
            scenario.service("shop", life -> {
                life.subscribe("orders", OrderCreated.class, order -> life.send("audit", "a", order));
                return life;
            });
            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();
            assertThat(scenario.history().of(Event.Injected.class))
                    .noneMatch(fault -> fault.place().startsWith("audit"));
        });

        assertThat(page)
                .contains("✗ DUPLICATE")
                .contains("Row by row this run did the same as the one without faults.")
                .doesNotContain("id=\"compare\"")
                .doesNotContain("band first");
    }

    @Test
    void isOneSmallFileThatLoadsNothing() {
        String page = page(CRASH, FailurePageTests::paysAgain);

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
        assertThat(LOADED.matcher(page).find()).isFalse();
        assertThat(page).doesNotContain("{{");
    }

    @Test
    void staysSmallWhateverHappened() {
        String page = page(DUPLICATE, scenario -> {
            List<String> seen = new ArrayList<>();
            scenario.service("shop", life -> {
                life.subscribe(
                        "orders",
                        OrderCreated.class,
                        order -> life.step("x".repeat(5_000), () -> seen.add(order.order())));
                return life;
            });
            for (int i = 0; i < 200; i++) {
                scenario.channel("orders").send("o-" + i, new OrderCreated("o-" + i, "c".repeat(2_000), i));
            }
            scenario.settle();
            assertThat(seen).as("y".repeat(100_000)).doesNotHaveDuplicates();
        });

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
    }

    @Test
    void leavesTheBooksOutWhereTheyAreTooLong() {
        record Work(int number) implements Event {

            @Override
            public void tell(Narration story) {
                story.begins("shop" + number % 10, "work");
                for (int i = 0; i < 8; i++) {
                    story.changes("shop", number, "update " + "t".repeat(300), i, "v".repeat(200));
                }
                story.concludes(number, true);
                story.does("shop" + number % 10, Step.named("commit"));
            }
        }
        History history = new History(new Caveats());
        for (int i = 0; i < 30; i++) {
            history.add(new Work(i));
        }
        String page = FailurePage.of(
                "PaymentTests.paysOnce",
                new Outcome.Failed(
                        ScheduleToken.parse("1:crash(shop<orders[k1])"),
                        new AssertionError("wrong"),
                        history,
                        new Effort.FaultFree(),
                        history));

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
        assertThat(books(page)).isEmpty();
    }

    @Test
    void whatOthersWroteIsNoMarkup() {
        String page = page(DUPLICATE, scenario -> {
            List<String> seen = new ArrayList<>();
            scenario.service("<b>shop</b>", life -> {
                life.subscribe("orders", OrderCreated.class, order -> seen.add(order.order()));
                return life;
            });
            scenario.channel("orders").send("<script>alert(1)</script>{{why}}", new OrderCreated("o-1", "c-1", 1));
            scenario.settle();
            assertThat(seen).as("{{story}} <img onerror='x'>").hasSize(1);
        });

        assertThat(page)
                .doesNotContain("<script>alert")
                .doesNotContain("<img")
                .doesNotContain("<b>shop")
                .contains("{{story}}")
                .contains("{{why}}");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void saysOfEachFaultWhatItIsAndWhatToDo(Fault fault) {
        assertThat(Reasons.of(fault)).matches("[A-Z].{60,}\\.");
    }

    /** By the formula of WCAG 2. */
    @ParameterizedTest
    @CsvSource({
        "text,back",
        "dim,back",
        "channel,back",
        "service,back",
        "fault,back",
        "table,back",
        "party,back",
        "differ,back",
        "service,box",
        "fault,box",
        "differ,box",
        "text,faultback",
        "fault,faultback",
        "channel,faultback",
        "dim,faultback",
        "text,box",
        "channel,box",
        "text,now",
        "dim,now"
    })
    void itsColoursCanBeReadByDayAndByNight(String front, String back) {
        String page = page(CRASH, FailurePageTests::paysAgain);
        List<MatchResult> palettes =
                Pattern.compile(":root \\{([^}]*)}").matcher(page).results().toList();

        assertThat(palettes).hasSize(2).allSatisfy(palette -> {
            double one = luminance(palette.group(1), front);
            double other = luminance(palette.group(1), back);
            assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
                    .isGreaterThan(4.5);
        });
    }

    private static double luminance(String palette, String name) {
        Matcher colour = Pattern.compile("--" + name + ": #(..)(..)(..)").matcher(palette);
        assertThat(colour.find()).as(name).isTrue();
        return 0.2126 * linear(colour.group(1)) + 0.7152 * linear(colour.group(2)) + 0.0722 * linear(colour.group(3));
    }

    private static double linear(String hex) {
        double part = Integer.parseInt(hex, 16) / 255.0;
        return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static void paysAgain(Scenario scenario) {
        scenario.service("payer", life -> {
            life.subscribe(
                    "orders",
                    OrderCreated.class,
                    order -> life.send("payments", order.order(), new PaymentMade(order.order())));
            return life;
        });
        List<String> paid = new ArrayList<>();
        scenario.consumer("ledger", "payments", PaymentMade.class, payment -> paid.add(payment.order()));
        scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
        scenario.settle();
        assertThat(paid).containsExactly("o-1");
    }

    /** What stands in the books after each step, in words. */
    private static List<String> books(String page) {
        return Pattern.compile("<ul class=\"books\">(.*?)</ul>")
                .matcher(page)
                .results()
                .map(book -> book.group(1).replace("</li><li>", "|").replaceAll("<[^>]*>", ""))
                .toList();
    }

    private static List<String> columns(String page) {
        return Pattern.compile("<b class=\"(test|channel|service|table|party)\">(.*?) <small>")
                .matcher(page)
                .results()
                .map(column -> column.group(1) + ": " + column.group(2))
                .toList();
    }

    private static String numberOfFirst(String page) {
        Matcher first = Pattern.compile(
                        "<li class=\"act differs only\" data-number=\"(\\d+)\"[^>]*>(<i[^>]*></i>)*<p class=\"band first\">")
                .matcher(page);
        assertThat(first.find()).isTrue();
        return first.group(1);
    }

    private static String page(Fault fault, ScenarioRunner.Body body) {
        return page("PaymentTests.paysOnce", fault, body);
    }

    private static String page(String test, Fault fault, ScenarioRunner.Body body) {
        Outcome outcome = ScenarioRunner.of(fault).explore(body);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return FailurePage.of(test, (Outcome.Failed) outcome);
    }

    /** To be looked at. */
    private static void keep(String name, String page) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "pages"));
        Files.writeString(directory.resolve(name), page);
    }
}
