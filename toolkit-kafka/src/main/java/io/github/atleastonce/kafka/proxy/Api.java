package io.github.atleastonce.kafka.proxy;

/** The requests that the proxy does more with than pass them on. */
enum Api {
    PRODUCE(0),
    FETCH(1),
    METADATA(3),
    OFFSET_COMMIT(8),
    FIND_COORDINATOR(10),
    JOIN_GROUP(11),
    HEARTBEAT(12),
    LEAVE_GROUP(13),
    SYNC_GROUP(14),
    API_VERSIONS(18),
    END_TXN(26),
    TXN_OFFSET_COMMIT(28),
    DESCRIBE_CLUSTER(60),
    CONSUMER_GROUP_HEARTBEAT(68),
    SHARE_FETCH(78),
    SHARE_ACKNOWLEDGE(79);

    private final int key;

    Api(int key) {
        this.key = key;
    }

    int key() {
        return key;
    }
}
