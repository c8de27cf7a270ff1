package io.github.atleastonce.kafka.broker;

import java.util.ArrayList;
import java.util.List;

/**
 * What a node is: broker, controller or both, and where.
 *
 * @param id its number
 * @param roles as Kafka writes them
 * @param ports where it listens, by those of its roles
 * @param voters who decides on the metadata, as Kafka writes them
 * @param brokers how many brokers the cluster has; what is written is on all of them
 * @param clusterId of which cluster it is
 */
record KraftNode(int id, String roles, LoopbackPorts ports, String voters, int brokers, String clusterId) {

    private static final String BROKER = "broker";
    private static final String CONTROLLER = "controller";

    /** Makes the only node of a cluster. */
    static KraftNode alone(LoopbackPorts ports, String clusterId) {
        return new KraftNode(1, BROKER + "," + CONTROLLER, ports, voter(1, ports), 1, clusterId);
    }

    /** Makes the nodes of a cluster: brokers, any of which may go, and at last a controller, which is no broker. */
    static List<KraftNode> cluster(List<LoopbackPorts> ports, String clusterId) {
        int brokers = ports.size() - 1;
        String voters = voter(ports.size(), ports.get(brokers));
        List<KraftNode> nodes = new ArrayList<>();
        for (int id = 1; id <= ports.size(); id++) {
            String roles = id > brokers ? CONTROLLER : BROKER;
            nodes.add(new KraftNode(id, roles, ports.get(id - 1), voters, brokers, clusterId));
        }
        return nodes;
    }

    private static String voter(int id, LoopbackPorts ports) {
        return id + "@" + KraftConfiguration.HOST + ":" + ports.controller();
    }

    boolean isBroker() {
        return roles.contains(BROKER);
    }

    boolean isController() {
        return roles.contains(CONTROLLER);
    }
}
