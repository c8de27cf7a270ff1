package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LoopbackPortsTests {

    @RepeatedTest(20)
    void picksTwoFreePorts() {
        LoopbackPorts ports = LoopbackPorts.pick(0);

        assertThat(ports.broker()).isNotEqualTo(ports.controller());
        assertThat(ports.taken()).isEmpty();
    }

    @RepeatedTest(20)
    void staysBelowThePortsOfOutgoingConnections() throws IOException {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        assumeTrue(Files.exists(range), "only Linux says so in a file");
        int lowest = Integer.parseInt(Files.readAllLines(range).get(0).strip().split("\\s+")[0]);
        assumeTrue(lowest >= 32_000, "this system was told otherwise");

        LoopbackPorts ports = LoopbackPorts.pick(0);

        assertThat(ports.broker()).isLessThan(lowest);
        assertThat(ports.controller()).isLessThan(lowest);
    }

    @Test
    void keepsAPortThatIsGiven() {
        assertThat(LoopbackPorts.pick(9092).broker()).isEqualTo(9092);
    }

    @Test
    void seesListenersOnLoopbackAndOnAllAddresses() throws IOException {
        try (ServerSocket loopback = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerSocket everywhere = new ServerSocket(0)) {
            assertThat(new LoopbackPorts(
                                    loopback.getLocalPort(),
                                    LoopbackPorts.pick(0).controller())
                            .taken())
                    .hasValue(loopback.getLocalPort());
            assertThat(new LoopbackPorts(LoopbackPorts.pick(0).broker(), everywhere.getLocalPort()).taken())
                    .hasValue(everywhere.getLocalPort());
        }
    }
}
