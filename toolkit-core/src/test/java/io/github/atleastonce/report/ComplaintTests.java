package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.atleastonce.run.UsageException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class ComplaintTests {

    @Test
    void dropsTheBlankLineInFront() {
        assertThat(Complaint.of(catchThrowable(() -> assertThat(40).isEqualTo(70))))
                .isEqualTo("expected: 70\n but was: 40");
    }

    @Test
    void putsExpectedAndActualOneBelowTheOther() {
        assertThat(Complaint.of(catchThrowable(() -> assertEquals(70, 40))))
                .isEqualTo("expected: <70>\n but was: <40>");
    }

    @Test
    void keepsWhatTheAssertionIsAbout() {
        assertThat(Complaint.of(catchThrowable(() -> assertEquals(70, 40, "credit of c-1"))))
                .isEqualTo("credit of c-1\nexpected: <70>\n but was: <40>");
        assertThat(Complaint.of(new AssertionError("credit expected:<70> but was:<40>")))
                .isEqualTo("credit expected:<70> but was:<40>");
    }

    @Test
    void takesOnlyTheCommonIndentAway() {
        assertThat(Complaint.of(new AssertionError("\n\n    Expecting:\n      [1]\n    to be empty\n   \n")))
                .isEqualTo("Expecting:\n  [1]\nto be empty");
    }

    @Test
    void keepsSeveralFailuresApart() {
        Throwable failure = catchThrowable(() -> {
            SoftAssertions softly = new SoftAssertions();
            softly.assertThat(1).isEqualTo(2);
            softly.assertThat(3).isEqualTo(4);
            softly.assertAll();
        });

        assertThat(Complaint.of(failure))
                .startsWith("Multiple Failures (2 failures)\n-- failure 1 --\nexpected: 2\n but was: 1\n")
                .contains("\n-- failure 2 --\nexpected: 4\n but was: 3\n");
    }

    @Test
    void cutsWhatIsTooLongToRead() {
        String fourtyOne =
                IntStream.rangeClosed(1, 41).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        assertThat(Complaint.of(new AssertionError(fourtyOne))).endsWith("\nline 39\n… 2 more lines");
    }

    @Test
    void showsFortyLinesInFull() {
        String fourty = IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        assertThat(Complaint.of(new AssertionError(fourty))).isEqualTo(fourty);
    }

    @Test
    void namesTheTypeOfWhatIsNoAssertion() {
        assertThat(Complaint.of(new IllegalStateException("no credit")))
                .isEqualTo("java.lang.IllegalStateException: no credit");
    }

    @Test
    void letsOurOwnSentencesStandAlone() {
        assertThat(Complaint.of(new UsageException("Settle first."))).isEqualTo("Settle first.");
    }

    @Test
    void saysWhereAWordlessFailureWasThrown() {
        assertThat(Complaint.of(new AssertionError()))
                .matches("java\\.lang\\.AssertionError without a message, thrown at .*ComplaintTests\\..*");
        assertThat(Complaint.of(new AssertionError("  \n "))).contains("without a message, thrown at ");
    }

    @Test
    void cutsALineThatNobodyReadsToItsEnd() {
        String complaint = Complaint.of(new AssertionError("begin " + "x".repeat(1_000_000) + " end"));

        assertThat(complaint)
                .hasSizeLessThan(2_100)
                .startsWith("begin xxx")
                .contains("…")
                .endsWith("xxx end");
        assertThat(Complaint.of(new IllegalStateException("one\n" + "y".repeat(1_000_000) + "\nthree")))
                .hasSizeLessThan(2_200)
                .endsWith("\nthree");
    }

    @Test
    void showsNothingThatAScreenObeys() {
        AssertionError forged = new AssertionError("wrong\u001b[2J\u202e\u009b1m\nReplay: nothing");
        assertThat(new Page("Fails.", java.util.List.of(), Complaint.of(forged), java.util.List.of()).text())
                .isEqualTo("Fails.\n\nwrong\\u001b[2J\\u202e\\u009b1m\nReplay: nothing");
    }
}
