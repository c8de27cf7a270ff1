package io.github.atleastonce.kafka.broker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The classes of a broker as the JVM loads them fastest: an archive of JEP 350, which a running broker writes of itself. What is in it
 * depends on nothing but the class path, so it outlives all brokers.
 */
final class ClassArchive {

    private final Path file;

    ClassArchive(Path file) {
        this.file = file;
    }

    /** Returns the options by which a JVM uses the archive, or is able to write it. */
    List<String> options() {
        return Files.exists(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto")
                : List.of("-XX:+RecordDynamicDumpInfo");
    }

    /**
     * Writes the archive of the present JVM, once. Where the JVM cannot, a broker takes longer to start, and a file beside the archive says why.
     *
     * @throws IOException if not even that can be written
     */
    void write() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path draft = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {new String[] {"dynamic_dump", draft.toString()}},
                            new String[] {String[].class.getName()});
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (JMException | IOException cannot) {
            Files.writeString(file.resolveSibling("no-archive.txt"), cannot.toString());
        }
    }
}
