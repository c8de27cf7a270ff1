package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.schedule.Bounds;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the JVM of a reused broker is started: with the jars of this JVM, and where its slots are: JVMs with other jars have other slots.
 *
 * @param home the directory of its slots
 * @param classPath its jars
 * @param idle after how long without a user it ends
 */
record BrokerJvm(Path home, List<Path> classPath, Duration idle) {

    /** What would log to files of an application, or to a console that is none. */
    private static final Pattern LOGGING = Pattern.compile(
            "(logback-.*|log4j-(core|slf4j|1\\.2).*|slf4j-(simple|jdk14|reload4j|log4j).*|log4j-to-slf4j.*)\\.jar");

    /** Named, so that what is started here does not have to be known here. */
    private static final String MAIN = "io.github.atleastonce.kafka.broker.BrokerProcess";

    /**
     * Takes the jars of this JVM.
     *
     * @throws BrokerUnavailableException if they are not where JVMs have them
     */
    static BrokerJvm likeThis(Path directory, Duration idle) {
        Set<Path> own = new HashSet<>(List.of(home(BrokerJvm.class), home(Bounds.class)));
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> own.contains(entry) || isJar(entry))
                .toList();
        if (!classPath.containsAll(own)) {
            throw new BrokerUnavailableException(
                    "A reused broker wants the jars of the toolkit and of Kafka in java.class.path, and " + own
                            + " are not there: choose another broker.");
        }
        return new BrokerJvm(directory.toAbsolutePath().resolve("kafka-" + print(classPath)), classPath, idle);
    }

    private static boolean isJar(Path entry) {
        String name = entry.getFileName().toString();
        return name.endsWith(".jar")
                && Files.isRegularFile(entry)
                && !LOGGING.matcher(name).matches();
    }

    private static Path home(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Tells class paths apart, and what lies at the same place after an update. */
    private static String print(List<Path> classPath) {
        StringBuilder text = new StringBuilder(System.getProperty("java.home"));
        for (Path entry : classPath) {
            text.append('\n').append(entry).append(' ').append(entry.toFile().lastModified());
        }
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    Path slot(int number) {
        return home.resolve(Integer.toString(number));
    }

    /** Starts a broker, which writes its address into the slot when clients can use it. */
    Process start(BrokerSlot slot) throws IOException {
        BrokerAddress.forget(slot.directory());
        ProcessBuilder builder = new ProcessBuilder(command(slot))
                .directory(slot.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(slot.log().toFile());
        // So that the command is one that can be read where processes are listed.
        builder.environment()
                .put(
                        "CLASSPATH",
                        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        return builder.start();
    }

    List<String> command(BrokerSlot slot) {
        Path archive = home.resolve("classes.jsa");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (classPath.stream().allMatch(Files::isRegularFile)) {
            command.addAll(new ClassArchive(archive).options());
        }
        command.add(MAIN);
        command.addAll(List.of(slot.directory().toString(), Long.toString(idle.toMillis()), archive.toString()));
        return command;
    }
}
