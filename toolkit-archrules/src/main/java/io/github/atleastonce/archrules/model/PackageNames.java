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
            "base",
            "bean",
            "beans",
            "channel",
            "channels",
            "consumer",
            "consumers",
            "controller",
            "controllers",
            "core",
            "dao",
            "data",
            "dataaccess",
            "db",
            "document",
            "documents",
            "domain",
            "dto",
            "dtos",
            "entities",
            "entity",
            "enums",
            "eventhandler",
            "eventhandlers",
            "exception",
            "exceptions",
            "facade",
            "facades",
            "factory",
            "filter",
            "filters",
            "gateway",
            "gateways",
            "handler",
            "handlers",
            "impl",
            "interceptor",
            "interfaces",
            "jdbc",
            "jms",
            "job",
            "jobs",
            "jpa",
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
            "process",
            "processes",
            "processor",
            "processors",
            "producer",
            "producers",
            "projection",
            "projections",
            "publisher",
            "publishers",
            "queries",
            "query",
            "rabbit",
            "repositories",
            "repository",
            "resource",
            "resources",
            "rest",
            "restapi",
            "saga",
            "sagas",
            "scheduler",
            "schedulers",
            "security",
            "sender",
            "senders",
            "service",
            "services",
            "subscriber",
            "subscribers",
            "topology",
            "usecase",
            "usecases",
            "vo",
            "web",
            "worker",
            "workers");

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

    static String last(String packageName) {
        return packageName.substring(packageName.lastIndexOf('.') + 1);
    }

    /** Empty for a package that is in none. */
    static String parent(String packageName) {
        return packageName.contains(".") ? packageName.substring(0, packageName.lastIndexOf('.')) : "";
    }

    static boolean isIn(String packageName, String ancestor) {
        return packageName.equals(ancestor) || packageName.startsWith(ancestor + ".");
    }

    /** The package that two have in common, or an empty text. */
    static String common(String one, String other) {
        String common = one;
        while (!common.isEmpty() && !isIn(other, common)) {
            common = parent(common);
        }
        return common;
    }

    /** Whether a name says nothing of what the code is about. */
    static boolean isGeneric(String name) {
        return SHARED.contains(name) || LAYERS.contains(name) || CONTRACTS.contains(name);
    }
}
