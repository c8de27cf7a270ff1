package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the proxy does with the bytes themselves, before a broker that says what the test wants. */
class FrameTests {

    /** {@code .ci/proxy} asks for many more. */
    private static final int FRAMES = Integer.getInteger("proxy.fuzz", 4_000);

    private static final int PER_CONNECTION = 16;

    private static final Messages MESSAGES = Messages.read();

    @Test
    void whatWasWrittenIsReadAgain() {
        Samples samples = new Samples(MESSAGES, 1);
        int seen = 0;
        for (Api api : Api.values()) {
            for (Messages.Direction direction : Messages.Direction.values()) {
                for (int version = 0; version <= MESSAGES.newest(api.key()); version++) {
                    Optional<Schema> schema = MESSAGES.find(direction, api.key(), version);
                    if (schema.isPresent()) {
                        byte[] written = new WireWriter()
                                .struct(samples.fill(schema.get()))
                                .toBytes();
                        Struct read = new WireReader(ByteBuffer.wrap(written)).struct(schema.get());

                        assertThat(new WireWriter().struct(read).toBytes()).isEqualTo(written);
                        seen++;
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(150);
    }

    @Test
    void leadersThatBrokersNameAreReachedByTheProxy() throws IOException {
        for (int version : new int[] {10, 13}) {
            Struct answer = Struct.blank(MESSAGES.response(Api.PRODUCE, version));
            answer.add("nodeEndpoints")
                    .set("nodeId", 7)
                    .set("host", "elsewhere")
                    .set("port", 9092);
            Struct told = exchange(answer, Api.PRODUCE, version);

            Struct node = told.structs("nodeEndpoints").get(0);
            assertThat(node.number("nodeId")).isEqualTo(7);
            assertThat(node.text("host")).isEqualTo(Upstream.LOOPBACK);
            assertThat(node.number("port")).isNotEqualTo(9092);
        }
    }

    @Test
    void advertisesWhatItKnows() throws IOException {
        Struct answer = Struct.blank(MESSAGES.response(Api.API_VERSIONS, 4));
        answer.add("apiKeys").set("apiKey", 0).set("minVersion", 0).set("maxVersion", 99);
        answer.add("apiKeys").set("apiKey", 1).set("minVersion", 98).set("maxVersion", 99);
        answer.add("apiKeys").set("apiKey", 9).set("minVersion", 0).set("maxVersion", 99);
        Struct told = exchange(answer, Api.API_VERSIONS, 4);

        assertThat(told.structs("apiKeys"))
                .extracting(api -> api.number("apiKey") + " to " + api.number("maxVersion"))
                .containsExactly("0 to 13", "9 to 99");
    }

    /** A client that is newer than the proxy begins anew with an older version, as with an older broker. */
    @Test
    void answersAClientThatIsTooNewAsAnOldBrokerDoes() throws IOException {
        Struct answer = Struct.blank(MESSAGES.response(Api.API_VERSIONS, 0));
        answer.add("apiKeys").set("apiKey", 18).set("maxVersion", 9);
        try (ScriptedBroker broker = new ScriptedBroker(request -> {
                    assertThat(request.getShort(2)).isZero();
                    return answered(request, answer);
                });
                FaultProxy proxy = FaultProxy.before(broker.address());
                RawClient client = new RawClient(proxy.bootstrapServers())) {
            client.send(new WireWriter()
                    .int16(18)
                    .int16(99)
                    .int32(5)
                    .text("new")
                    .int8(0)
                    .toBytes());
            ByteBuffer bytes = client.answer();

            assertThat(bytes.getInt(0)).isEqualTo(5);
            bytes.position(4);
            Struct told = new WireReader(bytes).struct(MESSAGES.response(Api.API_VERSIONS, 0));
            assertThat(told.number("errorCode")).isEqualTo(35);
            assertThat(told.structs("apiKeys").get(0).number("maxVersion")).isEqualTo(5);
        }
    }

    @Test
    void takesNoVersionThatItHasNotAdvertised() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(request -> request);
                FaultProxy proxy = FaultProxy.before(broker.address());
                RawClient client = new RawClient(proxy.bootstrapServers())) {
            client.send(new WireWriter()
                    .int16(Api.METADATA.key())
                    .int16(99)
                    .int32(5)
                    .text("new")
                    .toBytes());

            assertThat(client.answer()).isNull();
        }
    }

    @Test
    void opensNoPortsWithoutEnd() throws IOException {
        Random random = new Random(3);
        try (ScriptedBroker broker = new ScriptedBroker(request -> {
                    Struct answer = Struct.blank(MESSAGES.response(Api.FIND_COORDINATOR, 0));
                    answer.set("host", "h" + random.nextInt()).set("port", 1);
                    return answered(request, answer);
                });
                FaultProxy proxy = FaultProxy.before(broker.address());
                RawClient client = new RawClient(proxy.bootstrapServers())) {
            int answers = 0;
            do {
                client.send(new WireWriter()
                        .int16(10)
                        .int16(0)
                        .int32(answers)
                        .text("c")
                        .text("k")
                        .toBytes());
                answers++;
            } while (client.answer() != null);

            assertThat(answers).isBetween(2, 200);
        }
    }

    /** In a header as well as in a body: one that is told otherwise would leave its connection without a word. */
    @Test
    void whatEndsTooSoonIsMalformed() {
        List<Consumer<WireReader>> readings = List.of(
                WireReader::text,
                WireReader::int16,
                WireReader::passTags,
                reader -> reader.struct(MESSAGES.response(Api.PRODUCE, 13)));

        assertThat(readings)
                .allSatisfy(reading -> assertThatThrownBy(
                                () -> reading.accept(new WireReader(ByteBuffer.wrap(new byte[] {-1}))))
                        .isInstanceOf(MalformedMessageException.class));
    }

    /** No hang, nothing left open, nothing that nobody has thought of. */
    @Test
    void whatIsBrokenClosesTheConnection() throws Exception {
        Queue<Throwable> unforeseen = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> unforeseen.add(failure));
        long seed = Long.getLong("proxy.seed", 42);
        Samples answers = new Samples(MESSAGES, seed);
        Samples requests = new Samples(MESSAGES, seed + 1);
        try (ScriptedBroker broker = new ScriptedBroker(request -> broken(answers, request));
                FaultProxy proxy = FaultProxy.before(broker.address())) {
            Door door = proxy.open("fuzz");
            for (int sent = 0; sent < FRAMES; sent += PER_CONNECTION) {
                try (RawClient client = new RawClient(door.bootstrapServers())) {
                    talk(client, requests, sent);
                }
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> door.connected() == 0);
            door.close();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(unforeseen).isEmpty();
    }

    private static ByteBuffer broken(Samples samples, ByteBuffer request) {
        synchronized (samples) {
            if (request.remaining() < 8) {
                return ByteBuffer.allocate(0);
            }
            byte[] answer = samples.response(request);
            return ByteBuffer.wrap(answer.length == 0 ? new byte[8] : samples.mutated(answer));
        }
    }

    private static void talk(RawClient client, Samples samples, int first) throws IOException {
        try {
            for (int i = 0; i < PER_CONNECTION; i++) {
                byte[] request = samples.request(first + i);
                client.send(i % 2 == 0 ? samples.mutated(request) : request);
            }
            client.finish();
            while (client.answer() != null) {
                continue; // until the connection is closed
            }
        } catch (SocketTimeoutException hanging) {
            throw hanging;
        } catch (SocketException | MalformedMessageException closed) {
            return; // as it should be
        }
    }

    private static Struct exchange(Struct answer, Api api, int version) throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker(request -> answered(request, answer));
                FaultProxy proxy = FaultProxy.before(broker.address());
                RawClient client = new RawClient(proxy.bootstrapServers())) {
            byte[] request = new WireWriter()
                    .int16(api.key())
                    .int16(version)
                    .int32(5)
                    .text("raw")
                    .int8(0)
                    .struct(asking(api, version))
                    .toBytes();
            client.send(request);
            ByteBuffer bytes = client.answer();
            bytes.position(api == Api.API_VERSIONS ? 4 : 5);
            return new WireReader(bytes).struct(answer.schema());
        }
    }

    private static Struct asking(Api api, int version) {
        Struct request = Struct.blank(MESSAGES.request(api, version));
        return api == Api.PRODUCE ? request.set("acks", 1) : request;
    }

    private static ByteBuffer answered(ByteBuffer request, Struct answer) {
        WireWriter writer = new WireWriter().int32(request.getInt(4));
        boolean apiVersions = request.getShort(0) == Api.API_VERSIONS.key();
        if (answer.schema().isFlexible() && !apiVersions) {
            writer.int8(0);
        }
        return ByteBuffer.wrap(writer.struct(answer).toBytes());
    }
}
