package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Clients find the cluster and the node that they knew before, by whatever entrance they come, and the leader where a broker says that it is. */
class IdentityTests {

    private static final Messages MESSAGES = Messages.read();
    private static final int REBOOTSTRAP_REQUIRED = 129;
    private static final int WITH_IDENTITY = 5;

    /** Since Kafka 4.4 a client says which cluster and node it expects, and is sent away from any other. */
    @Test
    void stayTheSameOverEntrancesProxiesAndRestarts() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers());
                FaultProxy other = FaultProxy.before(broker.bootstrapServers())) {
            String identity = identity(broker.bootstrapServers());
            String cluster = identity.substring(0, identity.indexOf('/'));
            List<String> addresses = new ArrayList<>(List.of(
                    proxy.bootstrapServers(),
                    proxy.open("a life").bootstrapServers(),
                    proxy.open("its next life").bootstrapServers(),
                    other.bootstrapServers()));

            assertThat(addresses)
                    .allSatisfy(address -> assertThat(identity(address)).isEqualTo(identity));
            broker.restart();
            assertThat(addresses)
                    .allSatisfy(address -> assertThat(identity(address)).isEqualTo(identity));
            assumeTrue(isKnown(broker.bootstrapServers()));
            for (String address : addresses) {
                assertThat(greet(address, cluster, 1)).isZero();
                assertThat(greet(address, "another cluster", 1)).isEqualTo(REBOOTSTRAP_REQUIRED);
                assertThat(greet(address, cluster, 2)).isEqualTo(REBOOTSTRAP_REQUIRED);
            }
        }
    }

    private static String identity(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            DescribeClusterResult told = admin.describeCluster();
            return told.clusterId().get() + "/"
                    + told.nodes().get().iterator().next().id();
        }
    }

    private static boolean isKnown(String address) throws IOException {
        return ask(address, Struct.blank(MESSAGES.request(Api.API_VERSIONS, 3)), 3).structs("apiKeys").stream()
                .anyMatch(api ->
                        api.number("apiKey") == Api.API_VERSIONS.key() && api.number("maxVersion") >= WITH_IDENTITY);
    }

    private static int greet(String address, String cluster, int node) throws IOException {
        Struct greeting = Struct.blank(MESSAGES.request(Api.API_VERSIONS, WITH_IDENTITY))
                .set("clusterId", cluster)
                .set("nodeId", node);
        return ask(address, greeting, WITH_IDENTITY).number("errorCode");
    }

    private static Struct ask(String address, Struct greeting, int version) throws IOException {
        greeting.set("clientSoftwareName", "test").set("clientSoftwareVersion", "1");
        try (RawClient client = new RawClient(address)) {
            client.send(new WireWriter()
                    .int16(Api.API_VERSIONS.key())
                    .int16(version)
                    .int32(5)
                    .text("raw")
                    .int8(0)
                    .struct(greeting)
                    .toBytes());
            ByteBuffer answer = client.answer();
            assertThat(answer).isNotNull();
            answer.position(4);
            return new WireReader(answer).struct(MESSAGES.response(Api.API_VERSIONS, version));
        }
    }

    /** What an answer says of another leader is true behind the proxy: its id stays, and its address leads to it. */
    @TestFactory
    List<DynamicTest> leadersAreWhereTheyAreSaidToBe() {
        List<DynamicTest> all = new ArrayList<>();
        for (Api api : List.of(Api.PRODUCE, Api.FETCH, Api.SHARE_FETCH, Api.SHARE_ACKNOWLEDGE)) {
            for (int version = 0; version <= MESSAGES.newest(api.key()); version++) {
                int present = version;
                MESSAGES.find(Messages.Direction.RESPONSE, api.key(), version)
                        .filter(schema -> schema.has("nodeEndpoints"))
                        .ifPresent(schema -> all.add(
                                DynamicTest.dynamicTest(api + " " + present, () -> follow(api, present, schema))));
            }
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(11);
        return all;
    }

    private static void follow(Api api, int version, Schema schema) throws IOException {
        byte[] hello = {1, 2, 3, 4};
        try (ScriptedBroker leader = new ScriptedBroker(request -> ByteBuffer.wrap(hello));
                ScriptedBroker follower = new ScriptedBroker(request -> answer(
                        request, moved(schema, Upstream.parse(leader.address()).get(0))));
                FaultProxy proxy = FaultProxy.before(follower.address());
                RawClient client = new RawClient(proxy.bootstrapServers())) {
            client.send(asking(api, version));
            ByteBuffer bytes = client.answer();
            assertThat(bytes).isNotNull();
            bytes.position(5);
            Struct told = new WireReader(bytes).struct(schema);
            Struct node = told.structs("nodeEndpoints").get(0);
            Struct partition = partitionOf(told);

            assertThat(node.number("nodeId")).isEqualTo(7);
            assertThat(partition.struct("currentLeader").number("leaderId")).isEqualTo(7);
            assertThat(node.text("host")).isEqualTo(Upstream.LOOPBACK);
            assertThat(node.number("port"))
                    .isNotEqualTo(Upstream.parse(leader.address()).get(0).port());
            try (RawClient next = new RawClient(node.text("host") + ":" + node.number("port"))) {
                next.send(new WireWriter()
                        .int16(Api.HEARTBEAT.key())
                        .int16(0)
                        .int32(0x01020304)
                        .text("raw")
                        .text("g")
                        .int32(1)
                        .text("m")
                        .toBytes());
                assertThat(next.answer()).isEqualTo(ByteBuffer.wrap(hello));
            }
        }
    }

    /** Of share groups only the answers are understood. */
    private static byte[] asking(Api api, int version) {
        WireWriter request = new WireWriter()
                .int16(api.key())
                .int16(version)
                .int32(5)
                .text("raw")
                .int8(0);
        MESSAGES.find(Messages.Direction.REQUEST, api.key(), version)
                .map(Struct::blank)
                .map(body -> api == Api.PRODUCE ? body.set("acks", 1) : body)
                .ifPresent(request::struct);
        return request.toBytes();
    }

    private static Struct moved(Schema schema, Upstream leader) {
        Struct answer = Struct.blank(schema);
        Struct partition = partitionIn(answer.add("responses"));
        Schema leaders = partition
                .schema()
                .fields()
                .get(partition.schema().position("currentLeader"))
                .inner();
        partition.set("currentLeader", Struct.blank(leaders).set("leaderId", 7).set("leaderEpoch", 3));
        answer.add("nodeEndpoints").set("nodeId", 7).set("host", leader.host()).set("port", leader.port());
        return answer;
    }

    private static Struct partitionIn(Struct topic) {
        return topic.add(topic.has("partitions") ? "partitions" : "partitionResponses");
    }

    private static Struct partitionOf(Struct answer) {
        Struct topic = answer.structs("responses").get(0);
        return topic.structs(topic.has("partitions") ? "partitions" : "partitionResponses")
                .get(0);
    }

    private static ByteBuffer answer(ByteBuffer request, Struct answer) {
        return ByteBuffer.wrap(
                new WireWriter().int32(request.getInt(4)).int8(0).struct(answer).toBytes());
    }
}
