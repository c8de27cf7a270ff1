package io.github.atleastonce.report;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.schedule.Deviation;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Shows a failure as one file of HTML that needs no network: the sentence, what happened as a sequence diagram that arrow keys step through, with
 * its difference to the run without faults, what the test said, why, and the token with a button that copies it. A pure function; the same for the same outcome.
 */
@API(status = API.Status.INTERNAL)
public final class FailurePage {

    private static final String TEMPLATE = "failure-page.html";

    /** What does not fit is shown without the books and the comparison. */
    private static final int MOST_BYTES = 100_000;

    /** Works without scripts: what it shows are its siblings. */
    private static final String COMPARE =
            "<input type=\"checkbox\" id=\"compare\"><label for=\"compare\"> Show the difference to the run without faults</label>";

    private FailurePage() {}

    /**
     * Makes the page.
     *
     * @param test the name of the test
     * @param failed how its exploration ended
     * @return a document of HTML
     */
    public static String of(String test, Outcome.Failed failed) {
        Narrator.Tale tale = Narrator.tale(failed.history());
        String page = of(test, failed, difference(tale, failed), tale.ledger());
        boolean fits = page.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
        return fits ? page : of(test, failed, Difference.none(tale.rows()), new Ledger());
    }

    private static String of(String test, Outcome.Failed failed, Difference difference, Ledger ledger) {
        Page page = Pages.of(failed);
        String token = failed.token().toString();
        return Template.filled(
                TEMPLATE,
                Map.of(
                        "test",
                        Html.text(test),
                        "headline",
                        Html.text(page.headline()),
                        "replay",
                        failed.token().deviations().isEmpty() ? "" : replay(token),
                        "complaint",
                        Html.text(page.complaint()),
                        "why",
                        (difference.isCompared() ? parting(difference) : "") + why(failed.token()),
                        "compare",
                        difference.first().isPresent() ? COMPARE : "",
                        "drawing",
                        Drawing.of(difference, ledger),
                        "story",
                        Html.text(page.text())));
    }

    private static Difference difference(Narrator.Tale tale, Outcome.Failed failed) {
        return failed.faultFree() == null
                ? Difference.none(tale.rows())
                : Difference.of(tale, Narrator.tale(failed.faultFree()));
    }

    private static String parting(Difference difference) {
        return "<p>" + Html.text(Parting.of(difference)) + "</p>\n";
    }

    private static String replay(String token) {
        String property = Html.text("-Datleastonce.replay='" + token + "'");
        return "<p class=\"replay\"><code id=\"token\">" + property
                + "</code> <button type=\"button\" id=\"copy\">Copy</button></p><p>or <code>"
                + Html.text("@Replay(\"" + token + "\")") + "</code></p>";
    }

    private static String why(ScheduleToken token) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        token.deviations().stream().map(Deviation::fault).forEach(faults::add);
        StringBuilder why = new StringBuilder();
        for (Fault fault : faults) {
            String reason = Reasons.of(fault);
            if (!reason.isEmpty()) {
                why.append("<p><b>")
                        .append(fault)
                        .append("</b> ")
                        .append(Html.text(reason))
                        .append("</p>\n");
            }
        }
        return why.isEmpty()
                ? "<p>It fails without a fault: the test or the service is wrong as it stands.</p>"
                : why.toString();
    }
}
