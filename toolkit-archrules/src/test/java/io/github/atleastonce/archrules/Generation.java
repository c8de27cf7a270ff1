package io.github.atleastonce.archrules;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.resolvers.ClassResolver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which jars of the frameworks a fixture is compiled against and read with. What a former generation does not have of its own comes
 * from the class path of the tests.
 */
enum Generation {
    PRESENT,
    SPRING_6,
    SPRING_5;

    private final List<Path> jars;
    private final URLClassLoader loader;

    Generation() {
        this.jars = jarsIn(Path.of("target/generations")
                .resolve(name().toLowerCase(Locale.ROOT).replace('_', '-')));
        this.loader = new URLClassLoader(jars.stream().map(Generation::url).toArray(URL[]::new), null);
    }

    static Generation named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** For the compiler. */
    String classPath() {
        List<String> entries = new ArrayList<>(jars.stream().map(Path::toString).toList());
        entries.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, entries);
    }

    /** The jars of its own first. */
    Optional<URL> find(String file) {
        return Optional.ofNullable(loader.getResource(file))
                .or(() -> Optional.ofNullable(ClassLoader.getSystemResource(file)));
    }

    /** Imports with types of the frameworks taken from these jars, and those of libraries from the given directory. */
    <T> T reading(Path libraries, Supplier<T> importing) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setClassResolver(OfGeneration.class);
            configuration.setClassResolverArguments(name(), libraries.toString());
            return importing.get();
        });
    }

    private static List<Path> jarsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made by ArchUnit. */
    public static final class OfGeneration implements ClassResolver {

        private final Generation generation;
        private final Path libraries;
        private ClassUriImporter importer;

        public OfGeneration(List<String> arguments) {
            this.generation = valueOf(arguments.get(0));
            this.libraries = Path.of(arguments.get(1));
        }

        @Override
        public void setClassUriImporter(ClassUriImporter importer) {
            this.importer = importer;
        }

        @Override
        public Optional<JavaClass> tryResolve(String typeName) {
            String file = typeName.replace('.', '/') + ".class";
            Path ofLibrary = libraries.resolve(file);
            return Files.exists(ofLibrary)
                    ? importer.tryImport(ofLibrary.toUri())
                    : generation.find(file).flatMap(url -> importer.tryImport(URI.create(url.toString())));
        }
    }
}
