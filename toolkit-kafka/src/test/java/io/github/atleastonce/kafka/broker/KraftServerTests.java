package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KraftServerTests {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aStopLeavesAMarkThatAKillTakesBack() throws Exception {
        LoopbackPorts ports = LoopbackPorts.pick(0);
        try (DataDirectory directory = DataDirectory.create()) {
            Path mark = directory.logs().resolve(".kafka_cleanshutdown");
            KraftServer server = KraftServer.booting(ports, directory.logs());
            server.awaitBoot(PATIENCE);
            assertThat(mark).doesNotExist();

            server.stop(PATIENCE);
            assertThat(mark).exists();

            KraftServer.forgetCleanStop(directory.logs());
            assertThat(mark).doesNotExist();
        }
    }
}
