package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was asked about one request holds for no other. */
class ApplicationWireTests {

    private static final Append MAIL = new Append("clients", "mailer", "mails", 0, 1, false, false);

    @Test
    void aSendThatEndedAnyhowIsForgotten() {
        Run run = new Run(
                ScheduleToken.parse("1:").schedule(), Set.of(Fault.BROKER_UNAVAILABLE), Bounds.DEFAULT, new Caveats());
        ApplicationWire wire = new ApplicationWire(run, new WirePoints(run.faults(), Optional.empty(), false));

        wire.sends("mails");
        assertThat(wire.appending(List.of(MAIL))).isNotNull();
        wire.forget();

        assertThat(wire.appending(List.of(MAIL))).isNull();
    }
}
