package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTokenTests {

    @Test
    void readsAsItsCauses() {
        ScheduleToken token = new ScheduleToken(List.of(
                new Deviation(Fault.CRASH, "customers<orders[k1]/commit", "", 1),
                new Deviation(Fault.REDELIVERY, "customers<orders[k1.2]", "2", 3)));
        assertThat(token).hasToString("1:crash(customers<orders[k1]/commit)+redelivery(customers<orders[k1.2],2)~3");
        assertThat(ScheduleToken.parse(token.toString())).isEqualTo(token);
    }

    @Test
    void readsTheFaultFreeSchedule() {
        assertThat(new ScheduleToken(List.of())).hasToString("1:");
        assertThat(ScheduleToken.parse("1:").deviations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "+",
                "a+b",
                ",",
                "(",
                ")",
                "~2",
                "a~2",
                "100%",
                "%41",
                "'",
                "\"both\"",
                "back\\slash",
                "$HOME",
                "`ls`",
                "line\nbreak",
                "tab\there",
                "\0",
                "größe",
                "注文",
                "😀",
                "1:crash(a)",
                "<>[]/#&;|!?*="
            })
    void takesAnyName(String name) {
        ScheduleToken token = new ScheduleToken(List.of(
                new Deviation(Fault.CRASH, name, "", 1),
                new Deviation(Fault.REORDER, "x" + name, name + "y", 2),
                new Deviation(Fault.SEND_UNCERTAIN, name, "n" + name, Integer.MAX_VALUE / 10)));
        assertThat(ScheduleToken.parse(token.toString())).isEqualTo(token);
        assertThat(ScheduleToken.parse(" '" + token + "'\n")).isEqualTo(token);
        assertThat(ScheduleToken.parse("\"" + token + "\"")).isEqualTo(token);
        assertThat(token.toString()).doesNotContain("\n", "\t", "\0", "'", "\"", "$", "`", "\\");
    }

    @Test
    void takesEveryFault() {
        for (Fault fault : Fault.values()) {
            ScheduleToken token = new ScheduleToken(List.of(new Deviation(fault, "a", "", 1)));
            assertThat(ScheduleToken.parse(token.toString())).isEqualTo(token);
        }
    }

    @ParameterizedTest
    @CsvSource({"0:crash(a), 0", "2:crash(a), 2", "01:crash(a), 01", "99999999999:, 99999999999"})
    void refusesAnotherVersion(String token, String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleToken.parse(token))
                .withMessage("The replay token '" + token + "' is of version " + version
                        + ", but this release reads version 1: run the test again to get a new one.");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("", "it does not begin with a version and a colon"),
                arguments("crash(a)", "it does not begin with a version and a colon"),
                arguments(":crash(a)", "it does not begin with a version and a colon"),
                arguments("v1:crash(a)", "it does not begin with a version and a colon"),
                arguments("1:crash", "'crash' is not of the form fault(point) or fault(point,argument)"),
                arguments("1:crash(a", "'crash(a' is not of the form fault(point) or fault(point,argument)"),
                arguments("1:crash(a)+", "'' is not of the form fault(point) or fault(point,argument)"),
                arguments("1:crash(a)~0", "'crash(a)~0' is not of the form fault(point) or fault(point,argument)"),
                arguments("1:crash(a)~", "'crash(a)~' is not of the form fault(point) or fault(point,argument)"),
                arguments("1:crash(a,b,c)", "'crash(a,b,c)' is not of the form fault(point) or fault(point,argument)"),
                arguments("1:CRASH(a)", "'CRASH(a)' is not of the form fault(point) or fault(point,argument)"),
                arguments(
                        "1:crash(a)~9999999999",
                        "'crash(a)~9999999999' is not of the form fault(point) or fault(point,argument)"),
                arguments("1:crush(a)", "there is no fault 'crush'"),
                arguments("1:crash(a%)", "'%' wants two hexadecimal digits after it, and '%u' four"),
                arguments("1:crash(a%2)", "'%' wants two hexadecimal digits after it, and '%u' four"),
                arguments("1:crash(a%zz)", "'%' wants two hexadecimal digits after it, and '%u' four"),
                arguments("1:crash(a%-1)", "'%' wants two hexadecimal digits after it, and '%u' four"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatItCannotReadWithOneSentence(String token, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleToken.parse(token))
                .withMessage("The replay token '" + token + "' cannot be read: " + why
                        + ". A token looks like 1:crash(a<b[k1]/commit).");
    }

    @Test
    void refusesAnOccurrenceBelowOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Deviation(Fault.CRASH, "a", "", 0))
                .withMessage("A deviation's occurrence counts from 1, but was 0.");
    }

    /** What turns the direction of writing, or moves a cursor, could make a token look like another. */
    @Test
    void writesNothingThatAScreenObeys() {
        ScheduleToken token =
                new ScheduleToken(List.of(new Deviation(Fault.CRASH, "a\u202eb\u0085c\u001b[2J\u2028", "", 1)));

        assertThat(token).hasToString("1:crash(a%u202Eb%85c%1B[2J%u2028)");
        assertThat(ScheduleToken.parse(token.toString())).isEqualTo(token);
    }

    @Test
    void cutsAndClearsWhatItCannotReadBeforeItSaysSo() {
        assertThatThrownBy(() -> ScheduleToken.parse("1:cra\u001bsh" + "x".repeat(1_000_000)))
                .satisfies(thrown -> assertThat(thrown.getMessage())
                        .hasSizeLessThan(500)
                        .startsWith("The replay token '1:cra\ufffdshxxx")
                        .doesNotContain("\u001b"));
        assertThatThrownBy(() -> ScheduleToken.parse("2".repeat(1_000_000) + ":"))
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(500));
    }
}
