package io.github.atleastonce.kafka.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The two ports of a node. They lie below those that systems hand out to outgoing connections: otherwise a client that knocks while
 * the broker is away could be given the broker's own port, and keep it from coming back.
 */
record LoopbackPorts(int broker, int controller) {

    private static final int LOWEST = 18_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    /** Finds free ports; {@code broker} may be 0 for any. */
    static LoopbackPorts pick(int broker) {
        int chosen = broker == 0 ? anyFree(0) : broker;
        return new LoopbackPorts(chosen, anyFree(chosen));
    }

    /** Finds free ports for so many nodes, no two alike; {@code broker} is that of the first, or 0 for any. */
    static List<LoopbackPorts> pick(int broker, int nodes) {
        Set<Integer> chosen = new HashSet<>();
        List<LoopbackPorts> all = new ArrayList<>();
        while (all.size() < nodes) {
            LoopbackPorts next = pick(all.isEmpty() ? broker : 0);
            if (!chosen.contains(next.broker()) && !chosen.contains(next.controller())) {
                chosen.add(next.broker());
                chosen.add(next.controller());
                all.add(next);
            }
        }
        return all;
    }

    /** Returns a port of the two on which somebody listens. */
    OptionalInt taken() {
        return IntStream.of(broker, controller).filter(port -> !isFree(port)).findFirst();
    }

    /** Says whether nobody listens on a port of this machine's loopback address. */
    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int anyFree(int except) {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST))
                .limit(ATTEMPTS)
                .filter(port -> port != except && isFree(port))
                .findFirst()
                .orElseThrow(() -> new BrokerUnavailableException("The embedded broker wants two free ports between "
                        + LOWEST + " and " + HIGHEST + " on 127.0.0.1, but found none in " + ATTEMPTS + " attempts."));
    }
}
