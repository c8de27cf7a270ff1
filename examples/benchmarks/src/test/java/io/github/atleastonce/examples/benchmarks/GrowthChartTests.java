package io.github.atleastonce.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class GrowthChartTests {

    private static final Growth MEMORY = new Growth(
            "in memory",
            List.of(
                    new Growth.Cell(3, 1, 20, 0.001, 1, ""),
                    new Growth.Cell(3, 2, 260, 0.02, 2, ""),
                    new Growth.Cell(30, 1, 200, 0.01, 1, ""),
                    new Growth.Cell(30, 2, 5_000_000, 20, 1, "budget = PT20S")));

    @Test
    void isOneSmallDocumentThatNeedsNothingElse() throws Exception {
        String svg = GrowthChart.of(List.of(MEMORY, MEMORY), 100_000);

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));

        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(8);
        assertThat(svg.replace("http://www.w3.org/2000/svg", ""))
                .hasSizeLessThan(20_000)
                .doesNotContain("http", "<script", "url(");
    }

    @Test
    void whatABoundEndedIsHollowAndNamed() {
        assertThat(GrowthChart.of(List.of(MEMORY), 100_000)).containsOnlyOnce("class=\"two part\"");
        assertThat(MEMORY.cells().get(3).row("in memory"))
                .isEqualTo("| in memory | 30 | ≤ 2 | more than 5,000,000 | 20 s | budget = PT20S; exhausted: ≤ 1 |\n");
        assertThat(MEMORY.cells().get(1).row("in memory"))
                .isEqualTo("| in memory | 3 | ≤ 2 | 260 | 20 ms | all of them run |\n");
    }
}
