package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.report.Columns.Column;
import org.junit.jupiter.api.Test;

class ColumnsTests {

    @Test
    void whatIsPutAsideGoesToAChannel() {
        assertThat(Column.target("orders.dlq-0@1")).isEqualTo(Column.channel("orders.dlq"));
        assertThat(Column.target("orders.dlq-0@-1")).isEqualTo(Column.channel("orders.dlq"));
        assertThat(Column.target("orders-0")).isEqualTo(Column.service("orders-0"));
    }
}
