package io.github.atleastonce.kafka.broker;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a broker comes from. */
enum BrokerProvider {
    EMBEDDED,
    REUSED,
    TESTCONTAINERS,
    EXTERNAL;

    static Optional<BrokerProvider> named(String name) {
        return Arrays.stream(values())
                .filter(provider -> provider.settingName().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(BrokerProvider::settingName).collect(Collectors.joining(", "));
    }

    String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
