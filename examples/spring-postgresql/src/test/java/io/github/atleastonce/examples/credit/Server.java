package io.github.atleastonce.examples.credit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** One PostgreSQL for all tests of this JVM. */
public final class Server {

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(
                                Path.of("target", "postgres").toAbsolutePath().toFile())
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private Server() {}

    /** Returns where it is; starts it when asked for the first time. */
    public static String url() {
        return Holder.SERVER.getJdbcUrl("postgres", "postgres");
    }
}
