package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTests {

    private static List<Row> acts(int number) {
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            rows.add(Row.Act.of("shop", "act " + i));
        }
        return rows;
    }

    private static List<String> lines(List<Row> rows) {
        return Table.of(rows).lines().map(String::strip).toList();
    }

    @Test
    void tellsThirtyRowsInFull() {
        assertThat(lines(acts(30))).hasSize(30).noneMatch(line -> line.startsWith("…"));
    }

    @Test
    void keepsTheFirstAndTheLastTenOfMore() {
        assertThat(lines(acts(31)))
                .hasSize(21)
                .startsWith("1  act 1")
                .contains("10  act 10", "… 11 more like these", "22  act 22")
                .endsWith("31  act 31");
    }

    @Test
    void keepsFaultsAndWhatStandsBesideThem() {
        List<Row> rows = acts(60);
        rows.add(29, new Row.Injury("CRASH after COMMIT", null));

        assertThat(lines(rows))
                .contains(
                        "… 18 more like these",
                        "29  act 29",
                        "30  ✗ CRASH after COMMIT",
                        "31  act 30",
                        "… 20 more like these");
    }

    @Test
    void doesNotCutASingleRow() {
        List<Row> rows = acts(40);
        rows.add(12, new Row.Injury("CRASH after COMMIT", null));

        assertThat(lines(rows)).contains("11  act 11", "12  act 12", "13  ✗ CRASH after COMMIT");
    }

    @Test
    void doesNotCountRests() {
        List<Row> rows = acts(60);
        rows.add(30, new Row.Rest());

        assertThat(lines(rows)).contains("… 40 more like these").doesNotContain("· all quiet");
    }
}
