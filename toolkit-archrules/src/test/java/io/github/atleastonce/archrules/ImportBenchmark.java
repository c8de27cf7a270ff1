package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.RuleSet;
import io.github.atleastonce.archrules.rules.Rules;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Compares the whole recommended set with ArchUnit's bare import, in one run: on a large project, and on a small one, where all of it
 * runs in a JVM that is still cold.
 *
 * <p>20,000 classes: 4,000 generated ones that publish, listen and write in 40 contexts, the rest from the jars on the class
 * path, whose bytecode is that of real programs.
 */
final class ImportBenchmark {

    private static final int RUNS = 5;
    private static final int CLASSES = 20_000;
    private static final int MORE_AT_MOST = 300;
    private static final int CONTEXTS = 40;
    private static final int SERVICES = 25;

    /** Of 100 classes each. */
    private static final int CONTEXTS_OF_SMALL = 5;

    private static final String SMALL = "small";

    private ImportBenchmark() {}

    /**
     * Prints times, ratio and heap; fails if a limit is missed. The limit is held to the processor time of the one thread that
     * imports and checks: the clock on the wall also measures what else the machine does.
     *
     * @param args the guide in which to write the figures, which are then those of the middle one of several JVMs; or nothing, to
     *     measure once
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0 || args[0].equals(SMALL)) {
            System.out.println(args.length == 0 ? measured() : measuredSmall());
            return;
        }
        List<Figures> all = inOtherJvms();
        List<Figures> small = inOtherJvms(SMALL);
        Figures middle = all.get(RUNS / 2);
        Figures middleOfSmall = small.get(RUNS / 2);
        write(Path.of(args[0]), middle, middleOfSmall);
        if (middle.ratio() > 1.3 || middle.classes() < CLASSES || middleOfSmall.seconds() > 3) {
            throw new IllegalStateException("A limit is missed: " + all + ", " + small);
        }
    }

    /** Sorted by how much they cost. */
    private static List<Figures> inOtherJvms(String... arguments) throws IOException, InterruptedException {
        List<Figures> all = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            all.add(inAnotherJvm(arguments));
        }
        all.sort(Comparator.comparing(Figures::ratio).thenComparing(Figures::seconds));
        return all;
    }

    /** What one JVM has measured; in words that can be read back. */
    private record Figures(int classes, long heap, double ratio, double seconds) {

        private static final String MARK = "figures ";

        static Figures read(String line) {
            String[] parts = line.substring(MARK.length()).split(" ");
            return new Figures(
                    Integer.parseInt(parts[0]),
                    Long.parseLong(parts[1]),
                    Double.parseDouble(parts[2]),
                    Double.parseDouble(parts[3]));
        }

        @Override
        public String toString() {
            return MARK + classes + " " + heap + " " + ratio + " " + seconds;
        }
    }

    private static Figures inAnotherJvm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m",
                "-classpath",
                System.getProperty("java.class.path"),
                ImportBenchmark.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Figures figures = null;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.out.println(line);
                if (line.startsWith(Figures.MARK)) {
                    figures = Figures.read(line);
                }
            }
        }
        int status = process.waitFor();
        if (status != 0 || figures == null) {
            throw new IOException("The measuring JVM ended with status " + status + ".");
        }
        return figures;
    }

    private static Figures measured() throws IOException {
        Path directory = Files.createTempDirectory("benchmark");
        Path generated = new Fixture(directory, source(CONTEXTS), Idiom.SPRING_KAFKA).compileTo(directory);
        List<Location> locations = new ArrayList<>(List.of(Location.of(generated)));
        long classes = count(generated);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar") && !entry.contains("byte-buddy") && classes < CLASSES) {
                try (JarFile jar = new JarFile(entry)) {
                    long more = jar.stream()
                            .filter(file -> file.getName().endsWith(".class"))
                            .count();
                    if (classes + more <= CLASSES + MORE_AT_MOST) {
                        classes += more;
                        locations.add(Location.of(new JarFile(entry)));
                    }
                }
            }
        }
        new ClassFileImporter().importPackages("org.junit.jupiter");

        Clock start = Clock.read();
        JavaClasses imported = new ClassFileImporter().importLocations(locations);
        Clock importing = Clock.read().since(start);
        System.gc();
        long heapOfImport = usedMegabytes();

        start = Clock.read();
        Report report = check().run(imported, new Surroundings(true, Set.of()));
        Clock checking = Clock.read().since(start);
        System.gc();

        double ratio = 1 + checking.thread() / (double) importing.thread();
        long heap = usedMegabytes();
        System.out.printf(
                "classes %d, listeners %d, publications %d, events %d, findings %d%n",
                imported.size(),
                report.model().consumptions().size(),
                report.model().publications().size(),
                report.model().events().size(),
                report.results().stream()
                        .mapToInt(result -> result.fresh().size())
                        .sum());
        System.out.printf(
                "wall clock: import %.1f s, recommended set %.1f s, ratio %.2f%n",
                importing.wall() / 1e9, checking.wall() / 1e9, 1 + checking.wall() / (double) importing.wall());
        System.out.printf(
                "processor time of the thread: import %.1f s, recommended set %.1f s, ratio %.2f (limit 1.30)%n",
                importing.thread() / 1e9, checking.thread() / 1e9, ratio);
        System.out.printf(
                "processor time of the process: import %.1f s, recommended set %.1f s, ratio %.2f%n",
                importing.process() / 1e9,
                checking.process() / 1e9,
                1 + checking.process() / (double) importing.process());
        System.out.printf(
                "heap after import %d MB, with the model %d MB, limit of the run %d MB%n",
                heapOfImport, heap, Runtime.getRuntime().maxMemory() >> 20);
        return new Figures(imported.size(), heap, ratio, checking.process() / 1e9);
    }

    /** Of the whole process, since the compiler is at work as well. */
    private static Figures measuredSmall() throws IOException {
        Path directory = Files.createTempDirectory("benchmark");
        Path generated = new Fixture(directory, source(CONTEXTS_OF_SMALL), Idiom.SPRING_KAFKA).compileTo(directory);
        Clock start = Clock.read();
        JavaClasses imported = new ClassFileImporter().importPath(generated);
        Clock importing = Clock.read().since(start);
        start = Clock.read();
        Report report = check().run(imported, new Surroundings(true, Set.of()));
        Clock checking = Clock.read().since(start);
        System.out.printf(
                "small: classes %d, listeners %d, processor time of the process: import %.1f s, recommended set %.1f s (limit 3.0)%n",
                imported.size(),
                report.model().consumptions().size(),
                importing.process() / 1e9,
                checking.process() / 1e9);
        return new Figures(imported.size(), usedMegabytes(), 0, checking.process() / 1e9);
    }

    private static void write(Path guide, Figures figures, Figures small) throws IOException {
        String text = Files.readString(guide);
        String begin = "<!-- benchmark: begin -->\n";
        String sentence = String.format(
                Locale.ROOT,
                "On %,d classes with a heap of %,d MB, %,d MB of it in use, the recommended set with its model and the import\n"
                        + "together take %.2f times the processor time of the bare import. On %,d classes, in a JVM that is still cold, it takes\n"
                        + "%.1f seconds of processor time beyond the import.\n",
                figures.classes(),
                Runtime.getRuntime().maxMemory() >> 20,
                figures.heap(),
                figures.ratio(),
                small.classes(),
                small.seconds());
        Files.writeString(
                guide,
                text.substring(0, text.indexOf(begin) + begin.length())
                        + sentence
                        + text.substring(text.indexOf("<!-- benchmark: end -->")));
    }

    private static ArchitectureCheck check() {
        Architecture architecture = Architecture.of("bench", "org", "io", "com");
        for (int i = 0; i < CONTEXTS; i++) {
            architecture = architecture.context("c" + i, "bench.c" + i);
        }
        return ArchitectureCheck.of(architecture
                        .context("spring", "org.springframework")
                        .context("kafka", "org.apache.kafka")
                        .context("temporal", "io.temporal"))
                .rules(RuleSet.of().plus(Rules.RECOMMENDED));
    }

    /** On a shared machine the clock on the wall alone tells little; the process includes the collector and the compiler. */
    private record Clock(long wall, long thread, long process) {

        static Clock read() {
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Clock(
                    System.nanoTime(),
                    ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(),
                    system.getProcessCpuTime());
        }

        Clock since(Clock start) {
            return new Clock(wall - start.wall, thread - start.thread, process - start.process);
        }
    }

    private static long usedMegabytes() {
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".class")).count();
        }
    }

    /** In each context 25 of: an event, an entity, a repository, and a service that listens, writes and sends. */
    private static String source(int contexts) {
        StringBuilder text = new StringBuilder();
        for (int context = 0; context < contexts; context++) {
            for (int i = 0; i < SERVICES; i++) {
                String head = "package bench.c" + context + ";\n";
                int other = (context + 1) % contexts;
                int next = (i + 1) % SERVICES;
                text.append(head)
                        .append("public record Event")
                        .append(i)
                        .append("Happened(String id, java.time.Instant at, int count) {}\n");
                text.append(head)
                        .append("@jakarta.persistence.Entity public class Entity")
                        .append(i)
                        .append(
                                " { @jakarta.persistence.Id String id; int a; int b; public int getA() { return a; } public void setA(int a) { this.a = a; } }\n");
                text.append(head)
                        .append("public interface Repo")
                        .append(i)
                        .append(" extends org.springframework.data.repository.CrudRepository<Entity")
                        .append(i)
                        .append(", String> {}\n");
                text.append(head).append("""
                        @org.springframework.stereotype.Service public class Service%1$d {
                            private final Repo%1$d repo; private final Service%2$d next;
                            private final org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
                            Service%1$d(Repo%1$d repo, Service%2$d next, org.springframework.kafka.core.KafkaTemplate<String, Object> kafka) { this.repo = repo; this.next = next; this.kafka = kafka; }
                            public void place(String id) { repo.save(new Entity%1$d()); kafka.send("t%1$d", new Event%1$dHappened(id, java.time.Instant.EPOCH, 1)); }
                            public void step(String id) { next.step(id + next.toString()); repo.findById(id).ifPresent(e -> e.setA(e.getA() + 1)); }
                            @org.springframework.kafka.annotation.KafkaListener(topics = "t%1$d")
                            public void on(bench.c%3$d.Event%1$dHappened event) { try { next.step(event.id()); } catch (IllegalStateException e) { throw e; } }
                        }
                        """.formatted(i, next, other));
            }
        }
        return text.toString();
    }
}
