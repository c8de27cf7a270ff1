package io.github.atleastonce.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Launches fixtures as a build does, in which the listener is found by itself, and returns what this toolkit prints. */
final class Build {

    private static final String MARK = "[AtLeastOnce]";

    private Build() {}

    static List<String> launch(Path directory, Map<String, String> parameters, Class<?>... fixtures) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("atleastonce.directory", directory.toString())
                .configurationParameters(parameters);
        for (Class<?> fixture : fixtures) {
            request.selectors(selectClass(fixture));
        }
        return printedBy(() -> LauncherFactory.create().execute(request.build()));
    }

    static List<String> printedBy(Runnable work) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            work.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith(MARK))
                .toList();
    }
}
