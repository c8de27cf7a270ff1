package io.github.atleastonce.kafka.proxy;

import java.util.ArrayList;
import java.util.List;

/** Where a broker really is. */
record Upstream(String host, int port) {

    static final String LOOPBACK = "127.0.0.1";

    /** Reads addresses as clients are given them. */
    static List<Upstream> parse(String servers) {
        List<Upstream> all = new ArrayList<>();
        for (String each : servers.split(",")) {
            String address = each.strip();
            int colon = address.lastIndexOf(':');
            try {
                all.add(new Upstream(
                        address.substring(0, Math.max(colon, 0)), Integer.parseInt(address.substring(colon + 1))));
            } catch (NumberFormatException unreadable) {
                throw new IllegalArgumentException(
                        "The address of a Kafka cluster is wanted as host:port, but is '" + servers + "'.", unreadable);
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
