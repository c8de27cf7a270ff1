package io.github.atleastonce.kafka.proxy;

import java.util.List;

/** Tells clients the ports of the proxy where a broker tells them its own. Other fields called host or port are no addresses for clients. */
final class Addresses implements Inspection {

    private static final List<String> LISTS = List.of("brokers", "coordinators", "nodeEndpoints");

    @Override
    public void answered(Exchange exchange, Line line) {
        Struct answer = exchange.response();
        if (answer == null) {
            return;
        }
        boolean changed = answer.has("host") && replace(answer, line);
        for (String list : LISTS) {
            for (Struct node : answer.structs(list)) {
                changed |= replace(node, line);
            }
        }
        if (changed) {
            exchange.responseChanged();
        }
    }

    /** Where there is no coordinator, there is no address. */
    private static boolean replace(Struct node, Line line) {
        String host = node.textOf("host");
        int port = node.number("port");
        if (host.isEmpty() || port <= 0) {
            return false;
        }
        node.set("host", Upstream.LOOPBACK);
        node.set("port", line.ports().applyAsInt(new Upstream(host, port)));
        return true;
    }
}
