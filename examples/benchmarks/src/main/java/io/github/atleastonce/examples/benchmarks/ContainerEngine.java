package io.github.atleastonce.examples.benchmarks;

import java.io.IOException;

/** The container engine of this machine, as its command line sees it. */
final class ContainerEngine {

    private ContainerEngine() {}

    static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("docker", "info")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noCommand) {
            return false;
        }
    }
}
