package io.github.atleastonce.process;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A process in which a service runs for one life: a jar, node, or anything else. Start it in the boot of a service:
 *
 * <pre>{@code
 * scenario.service("credit", life -> ServiceProcess.of(life, "node", "credit.js")
 *         .environment("PGPORT", PostgreSqlEntrance.open(life, "localhost", 5432).port())
 *         .start());
 * }</pre>
 *
 * <p>It ends with its life, by SIGKILL, and so do the processes that it has started. The last lines that it has printed stand in the story then. One that ends by itself while the run
 * settles is started again in a new life, as by whoever supervises processes; the claim says so.
 *
 * <p>Its steps are places for a CRASH where the transport of the run attends to them, as Kafka behind the proxy does while it settles. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class ServiceProcess {

    private static final int SHOWN = 12;
    private static final long POLL_MILLIS = 5;

    private final OuterLife life;
    private final ProcessBuilder builder;
    private @Nullable Process process;
    private @Nullable Path log;
    private @Nullable String readyText;

    private ServiceProcess(OuterLife life, ProcessBuilder builder) {
        this.life = life;
        this.builder = builder;
    }

    /**
     * Prepares a process.
     *
     * @param life the life that it is to have
     * @param command the program and its arguments
     * @return the process, not started
     * @throws UsageException if there is no program
     */
    public static ServiceProcess of(Life life, String... command) {
        if (command.length == 0) {
            throw new UsageException("ServiceProcess.of(life, command) wants a program and its arguments.");
        }
        return new ServiceProcess(OuterLife.of(life), new ProcessBuilder(command).redirectErrorStream(true));
    }

    /**
     * Sets a variable of its environment; all others are those of this JVM.
     *
     * @param name the name
     * @param value the value, as a text
     * @return this process
     */
    public ServiceProcess environment(String name, Object value) {
        builder.environment().put(name, value.toString());
        return this;
    }

    /**
     * Sets the directory that it is started in, else that of this JVM.
     *
     * @param directory the directory
     * @return this process
     */
    public ServiceProcess in(Path directory) {
        builder.directory(directory.toFile());
        return this;
    }

    /**
     * Says by what it prints that it is ready, for example that a consumer has become a member of its group: where there are several services, who is not yet one
     * when the test sends might be given its messages after all has come to rest. What it does by itself, such as the query of {@code polls}, waits until then.
     *
     * @param text what one of the lines that it prints has in it
     * @return this process
     */
    public ServiceProcess readyWhenItPrints(String text) {
        readyText = text;
        return this;
    }

    /**
     * Starts it, and waits until it has come by one of the entrances of its life, if there is one, and has printed what says that it is ready, if that was said.
     *
     * @return this process
     * @throws UsageException if the program cannot be started, ends before it is ready, or is not ready within the bound {@code settleTimeout}
     */
    public ServiceProcess start() {
        if (process != null) {
            throw new UsageException("The process of " + life + " has been started already: a life has one.");
        }
        try {
            Path written = Files.createTempFile("atleastonce-", ".log");
            log = written;
            Process started = startedInto(written);
            process = started;
            Thread hook = new Thread(started::destroyForcibly);
            endWithThisJvm(started, hook);
            life.runs(started, () -> end(started, written, hook));
        } catch (IOException impossible) {
            throw new UsageException(
                    "The process of " + life + " cannot be started: " + impossible.getMessage() + ".", impossible);
        }
        try {
            awaitReady();
        } finally {
            life.hasStarted();
        }
        return this;
    }

    /**
     * Asks the process for something and waits for its answer, as a client of it does; to be called within an attempt:
     *
     * <pre>{@code
     * scenario.attempt(shop, process -> process.call(() -> http.send(order, ofString())));
     * }</pre>
     *
     * <p>The statements and sends of the process meanwhile are steps of the attempt, at which it may die. The request is made on a thread of its own, and is
     * interrupted if the process dies.
     *
     * @param request asks and waits, by HTTP for example
     * @param <T> what is answered
     * @return the answer
     * @throws Exception what the request throws, such as that the connection was lost
     * @throws UsageException if it is not called within an attempt at this life
     * @throws io.github.atleastonce.run.NotSettledException if nothing happens within the bound {@code settleTimeout}
     */
    public <T> T call(Callable<T> request) throws Exception {
        if (!life.isAtWork()) {
            throw life.run()
                    .history()
                    .caveats()
                    .refuse(new UsageException(
                            "ServiceProcess.call wants to be called within scenario.attempt(service, process -> process.call(…)): else it is not known for what '"
                                    + life + "' does its steps."));
        }
        FutureTask<T> asked = new FutureTask<>(request);
        Thread client = new Thread(asked, "AtLeastOnce request to " + life);
        client.setDaemon(true);
        Duration patience = life.run().bounds().settleTimeout();
        try {
            life.attend(client::start, asked::isDone);
            if (!life.lifetime().isDead()) {
                return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException failed) {
            throw thrown(failed);
        } catch (TimeoutException late) {
            throw new NotSettledException(
                    Bound.SETTLE_TIMEOUT.in(life.run().bounds()),
                    List.of("what the process of " + life + " was asked for"));
        } finally {
            asked.cancel(true);
        }
        throw new IOException("The process of " + life + " died while it was asked for something.");
    }

    private Process startedInto(Path written) throws IOException {
        try {
            return builder.redirectOutput(written.toFile()).start();
        } catch (IOException impossible) {
            Files.deleteIfExists(written);
            throw impossible;
        }
    }

    /** A JVM that is ending already takes no hooks any more, and would leave the process behind. */
    private static void endWithThisJvm(Process started, Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            started.destroyForcibly();
            throw ending;
        }
    }

    private static Exception thrown(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception failure ? failure : failed;
    }

    private void awaitReady() {
        Duration patience = life.run().bounds().settleTimeout();
        long end = System.nanoTime() + patience.toNanos();
        while (!life.isInUse() || !saysThatItIsReady()) {
            if (!present().isAlive()) {
                throw new UsageException("The process of " + life + " ended with status "
                        + present().exitValue() + " before it had "
                        + (life.isInUse() ? "printed '" + readyText + "'" : "come by one of its entrances") + ": "
                        + lastLines());
            }
            if (System.nanoTime() - end > 0) {
                throw new UsageException("The process of " + life
                        + (life.isInUse()
                                ? " has not printed '" + readyText + "' within settleTimeout = " + patience + "."
                                : " has come by none of its entrances within settleTimeout = " + patience
                                        + ". Is it given their addresses?")
                        + " It printed: " + lastLines());
            }
            pause();
        }
    }

    private boolean saysThatItIsReady() {
        String wanted = readyText;
        return wanted == null || output().stream().anyMatch(line -> line.contains(wanted));
    }

    /** What it has printed goes into the story of the run, and the file goes. */
    private void end(Process process, Path log, Thread hook) {
        kill(process, hook);
        List<String> printed = output();
        if (!printed.isEmpty()) {
            life.run().history().add(Printed.of(life.lifetime().service(), printed));
        }
        try {
            Files.deleteIfExists(log);
        } catch (IOException left) {
            // It is in the system's directory for such files.
        }
    }

    /** The operating system's own answer, and not a signal that the program could see. */
    private static void kill(Process process, Thread hook) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException again) {
            interrupted = true;
        } catch (IllegalStateException ending) {
            // This JVM may be ending itself.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            present().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UsageException("Interrupted while the process of " + life + " started.");
        }
    }

    /**
     * Says whether it runs.
     *
     * @return whether it was started and has not ended
     */
    public boolean isAlive() {
        Process started = process;
        return started != null && started.isAlive();
    }

    /**
     * Returns what it has printed so far, in this life.
     *
     * @return the lines of both its outputs
     */
    public List<String> output() {
        Path written = log;
        try {
            return written == null || !Files.exists(written)
                    ? List.of()
                    : new String(Files.readAllBytes(written), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String lastLines() {
        List<String> lines = output();
        return lines.isEmpty()
                ? "nothing."
                : "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
    }

    private Process present() {
        return Objects.requireNonNull(process);
    }

    @Override
    public String toString() {
        return "process of " + life;
    }
}
