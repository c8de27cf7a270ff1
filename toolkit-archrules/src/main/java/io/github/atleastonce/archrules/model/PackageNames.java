package io.github.atleastonce.archrules.model;

import java.util.Set;

/** What packages are called by custom. */
final class PackageNames {

    /** Hold code of no context, which all contexts may use. */
    static final Set<String> SHARED = Set.of(
            "common",
            "commons",
            "shared",
            "sharedkernel",
            "kernel",
            "config",
            "configuration",
            "util",
            "utils",
            "support",
            "lib",
            "infrastructure",
            "boot",
            "app");

    /** Say what kind of code they hold and not what it is about, so that they are no contexts. */
    static final Set<String> LAYERS = Set.of(
            "adapter",
            "adapters",
            "application",
            "consumer",
            "consumers",
            "controller",
            "controllers",
            "core",
            "dao",
            "data",
            "db",
            "domain",
            "dto",
            "dtos",
            "entities",
            "entity",
            "exception",
            "exceptions",
            "handler",
            "handlers",
            "impl",
            "kafka",
            "listener",
            "listeners",
            "mapper",
            "mappers",
            "messaging",
            "model",
            "models",
            "persistence",
            "port",
            "ports",
            "presentation",
            "producer",
            "producers",
            "publisher",
            "publishers",
            "repositories",
            "repository",
            "resource",
            "resources",
            "rest",
            "service",
            "services",
            "usecase",
            "usecases",
            "web");

    /** Hold what a context shows; beside layers these belong to the one context, too. */
    static final Set<String> CONTRACTS = Set.of(
            "api",
            "client",
            "clients",
            "command",
            "commands",
            "contract",
            "contracts",
            "event",
            "events",
            "message",
            "messages",
            "published",
            "spi");

    private PackageNames() {}
}
