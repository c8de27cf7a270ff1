package io.github.atleastonce.report;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Customers.OrderCreated;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
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
                .contains(
                        "<b class=\"channel\">orders</b><b class=\"channel\">payments</b><b class=\"service\">payer</b>")
                .contains("<p class=\"band\">✗ CRASH after send payments, before acknowledgement</p>")
                .contains("<i class=\"line dead\"")
                .contains("REDELIVERY")
                .contains("The process dies between two steps");
        keep("failure.html", page);
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
        "fault,faultback",
        "channel,faultback",
        "dim,faultback",
        "text,faultback",
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

    private static String page(Fault fault, ScenarioRunner.Body body) {
        Outcome outcome = ScenarioRunner.of(fault).explore(body);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return FailurePage.of("PaymentTests.paysOnce", (Outcome.Failed) outcome);
    }

    /** To be looked at. */
    private static void keep(String name, String page) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "pages"));
        Files.writeString(directory.resolve(name), page);
    }
}
