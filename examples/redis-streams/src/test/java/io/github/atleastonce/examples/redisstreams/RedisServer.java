package io.github.atleastonce.examples.redisstreams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A Redis on a free port of this machine, which keeps nothing and ends with the JVM; from Debian's package, for example. */
final class RedisServer {

    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");
    private static final int TRIES = 200;

    private static final class Shared {
        static final int PORT = start();
    }

    private RedisServer() {}

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    static Jedis connect() {
        return new Jedis("127.0.0.1", Shared.PORT);
    }

    private static int start() {
        try {
            int port = freePort();
            Process server = new ProcessBuilder(
                            PROGRAM.toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
            await(port);
            return port;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(int port) {
        for (int i = 1; ; i++) {
            try (Jedis redis = new Jedis("127.0.0.1", port)) {
                redis.ping();
                return;
            } catch (JedisConnectionException notYet) {
                if (i == TRIES) {
                    throw notYet;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
