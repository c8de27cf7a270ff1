package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The build modules that an import comes from. One that has the configuration of an application at its root is deployed by itself;
 * libraries and layers have none.
 */
final class BuildModules {

    private static final List<String> CONFIGURATIONS = List.of(
            "application.properties",
            "application.yml",
            "application.yaml",
            "bootstrap.yml",
            "META-INF/microprofile-config.properties");

    /** Where there are more, they are libraries, and each look into a jar costs time. */
    private static final int MANY = 40;

    private BuildModules() {}

    /** What the packages of each deployed module have in common. */
    static List<String> deployed(Iterable<JavaClass> classes) {
        Map<String, String> packages = new TreeMap<>();
        for (JavaClass type : classes) {
            String name = type.getPackageName();
            rootOf(type).ifPresent(root -> packages.merge(root, name, PackageNames::common));
        }
        List<String> deployed = new ArrayList<>();
        if (packages.size() > 1 && packages.size() <= MANY) {
            packages.forEach((root, name) -> {
                if (!name.isEmpty() && isDeployed(root)) {
                    deployed.add(name);
                }
            });
        }
        return deployed;
    }

    private static Optional<String> rootOf(JavaClass type) {
        String file = type.getName().replace('.', '/') + ".class";
        return type.getSource()
                .map(source -> source.getUri().toString())
                .filter(uri -> uri.endsWith(file))
                .map(uri -> uri.substring(0, uri.length() - file.length()));
    }

    private static boolean isDeployed(String root) {
        return CONFIGURATIONS.stream()
                .anyMatch(file -> exists(root + file)
                        // Gradle keeps resources apart from classes.
                        || exists(root.replaceFirst("/classes/(java|kotlin)/main/$", "/resources/main/") + file));
    }

    private static boolean exists(String uri) {
        try {
            URLConnection connection = new URL(uri).openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return in.read() >= -1;
            }
        } catch (IOException e) {
            return false;
        }
    }
}
