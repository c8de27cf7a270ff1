package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JourneyPageTests {

    private static final Path RESOURCES = Path.of("src/main/resources/io/github/atleastonce/report");

    private static final String ORDERS = """
            flowchart LR
                CreditReserved -->|"orders"| OrderApproved
                OrderApproved -->|"mail"| nothing
                OrderApproved -->|"customers"| nothing
                OrderCreated -->|"customers"| CreditReserved
                the_test["the test"] -->|"the test"| PlaceOrder
                PlaceOrder -->|"orders"| OrderCreated
                OrderCreated -.->|"customers, 1:delay(orders#lt;requests[k2])"| CreditLimitExceeded
            """;

    @Test
    void aRowForEachMessageInTheOrderInWhichTheyFollow() throws IOException {
        String page = page(ORDERS);

        assertThat(found(page, "<b class=\"(\\w+)\">([^<]*) <small>"))
                .containsExactly("test the test", "service orders", "service customers", "service mail");
        assertThat(found(page, "data-number=\"(\\d+)\".*?<b>([^<]*)</b></span></p>"))
                .containsExactly("1 PlaceOrder", "2 OrderCreated", "4 CreditReserved", "5 OrderApproved");
        assertThat(found(page, "class=\"box\"[^>]*>(.*?)</p>"))
                .contains(
                        "<span>on OrderCreated</span><span>sends CreditLimitExceeded, which no service handles</span>");
        assertThat(page).contains("<li>handled by mail, customers</li>".replace("mail, customers", "customers, mail"));
        Files.createDirectories(Path.of("target/pages"));
        Files.writeString(Path.of("target/pages/journey.html"), page);
    }

    @Test
    void whatIsMetUnderFaultsOnlyIsDashedWithItsSchedule() {
        assertThat(page(ORDERS))
                .containsOnlyOnce("<li class=\"act dashed\"")
                .contains("under faults only, met first under 1:delay(orders&lt;requests[k2])")
                .contains("Dashed is what is met only under faults.");
        assertThat(page("flowchart LR\n the_test[\"the test\"] -->|\"the test\"| PlaceOrder\n"))
                .doesNotContain("<li class=\"act dashed\"")
                .doesNotContain("Dashed is")
                .contains("sends PlaceOrder, which no service handles");
    }

    @Test
    void isDrawnAsFailuresAre() throws IOException {
        String page = page(ORDERS);

        for (String shared : List.of("page.css", "drawing.css", "drawing.js")) {
            assertThat(page)
                    .contains(Files.readString(RESOURCES.resolve(shared)).strip());
        }
        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100_000);
        assertThat(page).contains("<noscript>").doesNotContainPattern("(?i)(src|href)\\s*=|url\\(|@import|https?://");
    }

    @Test
    void namesDoNotBecomeMarkup() {
        assertThat(page("flowchart LR\n the_test[\"the test\"] -->|\"the test\"| x[\"#lt;script#gt;1\"]\n"))
                .contains("&lt;script&gt;1")
                .doesNotContain("<script>1");
    }

    /** A service that sends itself what it handles, in a circle that nothing begins. */
    @Test
    void aCircleIsDrawnOnce() {
        assertThat(found(page("flowchart LR\n A -->|\"a\"| B\n B -->|\"a\"| A\n"), "data-number=\"(\\d+)\""))
                .containsExactly("1", "2");
        assertThat(page("flowchart LR\n")).contains("No message was sent.");
    }

    private static String page(String mermaid) {
        return Journey.read(mermaid).html("orders");
    }

    private static List<String> found(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(JourneyPageTests::groups)
                .toList();
    }

    private static String groups(MatchResult match) {
        return match.groupCount() == 1 ? match.group(1) : match.group(1) + " " + match.group(2);
    }
}
