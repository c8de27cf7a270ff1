package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How soon members of the newer protocol learn that they are none any more. */
class HeartbeatsTests {

    private static final Messages MESSAGES = Messages.read();
    private static final Schema ANSWER = MESSAGES.response(Api.CONSUMER_GROUP_HEARTBEAT, 1);

    @Test
    void membersAskSoonAgainWhileSomebodyWatches() throws IOException {
        assertThat(told(5_000, new Watch() {})).isEqualTo(20);
    }

    @Test
    void nobodyIsHurriedWhileNobodyWatches() throws IOException {
        assertThat(told(5_000, null)).isEqualTo(5_000);
    }

    @Test
    void whoAsksSoonerAnywayIsLeftAlone() throws IOException {
        assertThat(told(10, new Watch() {})).isEqualTo(10);
    }

    private static int told(int interval, @Nullable Watch watch) throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(request -> answer(request, interval));
                FaultProxy proxy = FaultProxy.before(broker.address());
                RawClient client = new RawClient(proxy.bootstrapServers())) {
            proxy.watch(watch);
            client.send(new WireWriter()
                    .int16(Api.CONSUMER_GROUP_HEARTBEAT.key())
                    .int16(1)
                    .int32(5)
                    .text("raw")
                    .int8(0)
                    .struct(Struct.blank(MESSAGES.request(Api.CONSUMER_GROUP_HEARTBEAT, 1)))
                    .toBytes());
            ByteBuffer bytes = client.answer();
            assertThat(bytes).isNotNull();
            bytes.position(5);
            return new WireReader(bytes).struct(ANSWER).number("heartbeatIntervalMs");
        }
    }

    private static ByteBuffer answer(ByteBuffer request, int interval) {
        return ByteBuffer.wrap(new WireWriter()
                .int32(request.getInt(4))
                .int8(0)
                .struct(Struct.blank(ANSWER).set("heartbeatIntervalMs", interval))
                .toBytes());
    }
}
