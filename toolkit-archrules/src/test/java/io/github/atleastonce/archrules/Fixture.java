package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.RuleSet;
import io.github.atleastonce.archrules.rules.Rules;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A small project in one file below {@code src/test/fixtures}: some compilation units, each beginning with its package.
 *
 * <p>Comment lines before the first package say what is declared ({@code // budget: payment order 1}) and what a rule must
 * find ({@code // finds: <headline>}).
 */
record Fixture(Path file, String text, Idiom idiom, Generation generation) {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Shared, since it keeps the tables of contents of all jars on the class path. */
    private static final Map<Generation, StandardJavaFileManager> FILES =
            Arrays.stream(Generation.values()).collect(Collectors.toMap(generation -> generation, Fixture::filesOf));

    /** Where the same fixtures are checked over and over, by mutants of the rules, each is compiled and imported once. */
    private static final Map<Fixture, JavaClasses> KEPT = new ConcurrentHashMap<>();

    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface|enum|@interface)\\s+(\\w+)");

    Fixture(Path file, String text, Idiom idiom) {
        this(file, text, idiom, Generation.PRESENT);
    }

    static Fixture read(Path file, Idiom idiom) {
        return read(file, idiom, Generation.PRESENT);
    }

    static Fixture read(Path file, Idiom idiom, Generation generation) {
        try {
            return new Fixture(file, Files.readString(file), idiom, generation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that the file names, {@code // generations: present spring-6}, or else the present one. */
    static List<Generation> generations(String text) {
        return text.lines()
                .filter(line -> line.startsWith("// generations: "))
                .findFirst()
                .map(line -> Arrays.stream(line.substring(16).strip().split(" "))
                        .map(Generation::named)
                        .toList())
                .orElse(List.of(Generation.PRESENT));
    }

    List<String> headers(String name) {
        return text.lines()
                .filter(line -> line.startsWith("// " + name + ": "))
                .map(line -> line.substring(name.length() + 5).strip())
                .toList();
    }

    JavaClasses compile(Path directory) {
        return Boolean.getBoolean("fixtures.keep")
                ? KEPT.computeIfAbsent(this, Fixture::compileToKeep)
                : importFrom(compileTo(directory));
    }

    /** The rules read bytecode themselves, from the files; those of one text serve all JVMs. */
    private static JavaClasses compileToKeep(Fixture fixture) {
        try {
            String key = fixture.generation + fixture.idiom.expand(fixture.text);
            Path kept = Path.of("target/kept-fixtures")
                    .resolve(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                            .toString());
            if (!Files.exists(kept)) {
                Files.createDirectories(kept.getParent());
                Path fresh = Files.createTempDirectory(kept.getParent(), "fresh");
                fixture.compileTo(fresh);
                Files.move(fresh, kept);
            }
            return fixture.importFrom(kept.resolve("classes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JavaClasses importFrom(Path classes) {
        List<String> libraries = headers("library").stream()
                .map(name -> "/" + name.replace('.', '/') + "/")
                .toList();
        Supplier<JavaClasses> importing = () -> new ClassFileImporter()
                .withImportOption(location -> libraries.stream().noneMatch(location::contains))
                .importPath(classes);
        return generation == Generation.PRESENT && libraries.isEmpty()
                ? importing.get()
                : generation.reading(classes, importing);
    }

    Path compileTo(Path directory) {
        return compile(sourcesIn(directory), directory, generation);
    }

    private static StandardJavaFileManager filesOf(Generation generation) {
        StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null);
        files.handleOption("-classpath", List.of(generation.classPath()).iterator());
        return files;
    }

    List<Path> sourcesIn(Path directory) {
        List<Path> sources = new ArrayList<>();
        try {
            for (String unit : units().split("(?m)^(?=package )")) {
                String java = idiom.expand(unit);
                Matcher type = TYPE.matcher(java);
                String name = type.find() ? type.group(1) : "package-info";
                Path source = directory
                        .resolve("src")
                        .resolve(unit.substring(8, unit.indexOf(';')).replace('.', '/'))
                        .resolve(name + ".java");
                Files.createDirectories(source.getParent());
                Files.writeString(source, java);
                sources.add(source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    static Path compile(List<Path> sources, Path directory) {
        return compile(sources, directory, Generation.PRESENT);
    }

    private static Path compile(List<Path> sources, Path directory, Generation generation) {
        StandardJavaFileManager files = FILES.get(generation);
        StringWriter errors = new StringWriter();
        Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
        Path classes = directory.resolve("classes");
        boolean compiled = COMPILER.getTask(
                        errors,
                        files,
                        null,
                        List.of(
                                "-g",
                                "-parameters",
                                "-proc:none",
                                "-nowarn",
                                "--release",
                                "17",
                                "-d",
                                classes.toString()),
                        null,
                        units)
                .call();
        if (!compiled) {
            throw new AssertionError(sources + " do not compile:\n" + errors);
        }
        return classes;
    }

    /** Without the comments before the first package, which may speak of packages. */
    private String units() {
        return text.startsWith("package ") ? text : text.substring(text.indexOf("\npackage ") + 1);
    }

    /** Each package is a context, unless the file says which are, or that they are to be found. */
    Architecture architecture(Path directory) {
        Architecture declared = declared(directory);
        return headers("context").isEmpty() && headers("contexts").isEmpty() ? declared.contextPerPackage() : declared;
    }

    /** What the file says and nothing else. */
    Architecture declared(Path directory) {
        Architecture architecture = Architecture.of("shop")
                .knowing(headers("knowing").toArray(String[]::new))
                .contracts(headers("contract").toArray(String[]::new))
                .contractLibraries(headers("contract-library").toArray(String[]::new))
                .allowRemote(headers("allow-remote").toArray(String[]::new))
                .readOnlySteps(headers("read-only-step").toArray(String[]::new));
        for (String header : headers("budget")) {
            String[] words = header.split(" ");
            architecture = architecture.budget(words[0], words[1], Integer.parseInt(words[2]));
        }
        for (String header : headers("feedback")) {
            architecture = architecture.feedback(header.split(" "));
        }
        for (String header : headers("remote-client")) {
            architecture = architecture.remoteClient(header.split(" ")[0], header.split(" ")[1]);
        }
        for (String header : headers("pivot")) {
            architecture = architecture.pivot(header.split(" ")[0], header.split(" ")[1]);
        }
        for (String header : headers("context")) {
            String[] words = header.split(" ");
            architecture = words.length > 1 ? architecture.context(words[0], words[1]) : architecture.context(words[0]);
        }
        List<String> baseline = text.lines()
                .filter(line -> line.startsWith("// baseline: "))
                .map(line -> line.substring(13))
                .toList();
        if (!baseline.isEmpty()) {
            try {
                Files.createDirectories(directory);
                architecture = architecture.contractBaseline(Files.write(directory.resolve("baseline.txt"), baseline));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return architecture;
    }

    Report check(Rule rule, Path directory) {
        JavaClasses classes = compile(directory);
        return ArchitectureCheck.of(architecture(directory))
                .rules(RuleSet.of(rule))
                .run(classes, new Surroundings(true, Set.of()));
    }

    static Rule rule(String id) {
        return Rules.CATALOGUE.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule is called " + id));
    }
}
