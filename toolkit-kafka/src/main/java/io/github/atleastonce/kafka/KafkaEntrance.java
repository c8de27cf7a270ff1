package io.github.atleastonce.kafka;

import io.github.atleastonce.kafka.proxy.Door;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.process.OuterLife;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.UsageException;
import org.apiguardian.api.API;

/**
 * An address on loopback by which one life of a service that is a process reaches the broker. What it sends and commits, and what it is given, are places at
 * which it may die; when it has died its connections are cut and its members leave their groups, so that the next life is not kept waiting.
 * Safe for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class KafkaEntrance {

    private final Door door;

    private KafkaEntrance(Door door) {
        this.door = door;
    }

    /**
     * Opens an entrance.
     *
     * @param life who is to use it; it is closed when that life ends
     * @return the entrance
     * @throws UsageException if the run does not take place on a cluster behind a proxy
     */
    public static KafkaEntrance open(Life life) {
        OuterLife outer = OuterLife.of(life);
        FaultProxy proxy = KafkaCluster.of(outer.run())
                .flatMap(KafkaCluster::proxy)
                .orElseThrow(
                        () -> new UsageException(
                                "KafkaEntrance.open wants a test class with @KafkaBroker, and not with proxy = false: without a proxy nobody sees what a process does."));
        WireLives lives = WireLives.of(outer.run());
        Door door = proxy.open(lives.nameFor(outer.lifetime()));
        outer.entrance(() -> door.connected() > 0, () -> proxy.close(door));
        return new KafkaEntrance(door);
    }

    /**
     * Returns what the process is to be given as the address of the cluster.
     *
     * @return host:port, separated by commas if there are several
     */
    public String bootstrapServers() {
        return door.bootstrapServers();
    }

    @Override
    public String toString() {
        return "entrance of " + door;
    }
}
