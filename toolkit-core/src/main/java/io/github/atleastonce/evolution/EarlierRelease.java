package io.github.atleastonce.evolution;

import io.github.atleastonce.run.UsageException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;

/**
 * The classes of a release before today's, from its jar: what yesterday's consumer reads into.
 *
 * <pre>{@code
 * try (EarlierRelease release = EarlierRelease.of("src/test/releases/billing-1.4.jar")) {
 *     Class<?> old = release.type("shop.billing.OrderPlaced");
 *     assertThat(orderPlaced.formerlyReadBy(bytes -> mapper.readValue(bytes, old))).isReadByYesterdaysConsumer();
 * }
 * }</pre>
 *
 * <p>What stands in the jars comes from there, even if today's classes have the same names; libraries that do not stand there are those of the test.
 *
 * <p>Safe for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class EarlierRelease implements AutoCloseable {

    private final Loader loader;
    private final List<String> jars;

    private EarlierRelease(List<String> jars, URL[] urls) {
        this.jars = jars;
        this.loader = new Loader(urls);
    }

    /** Looks into the jars first. */
    private static final class Loader extends URLClassLoader {

        Loader(URL[] urls) {
            super(urls, EarlierRelease.class.getClassLoader());
        }

        boolean has(String type) {
            return findResource(type.replace('.', '/') + ".class") != null;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (findLoadedClass(name) == null && !has(name)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> present = findLoadedClass(name);
                return present == null ? findClass(name) : present;
            }
        }
    }

    /**
     * Takes the jars of a release.
     *
     * @param jars paths of jars, or of directories with classes
     * @return the release
     * @throws UsageException if there is none, or one is missing
     */
    public static EarlierRelease of(String... jars) {
        if (jars.length == 0) {
            throw new UsageException("An EarlierRelease wants the path of its jar.");
        }
        return new EarlierRelease(
                List.of(jars), Arrays.stream(jars).map(EarlierRelease::url).toArray(URL[]::new));
    }

    private static URL url(String jar) {
        File file = new File(jar);
        if (!Files.exists(file.toPath())) {
            throw new UsageException("An EarlierRelease wants a jar, but there is none at " + jar + ".");
        }
        try {
            return Path.of(jar).toUri().toURL();
        } catch (MalformedURLException none) {
            throw new UsageException("An EarlierRelease wants the path of a jar, but got " + jar + ".", none);
        }
    }

    /**
     * Returns a type of the release.
     *
     * @param name its full name
     * @return the type, as it was then
     * @throws UsageException if the jars do not have it
     */
    public Class<?> type(String name) {
        if (!loader.has(name)) {
            throw new UsageException("There is no type " + name + " in " + String.join(", ", jars) + ".");
        }
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException | LinkageError unreadable) {
            throw new UsageException(
                    name + " cannot be loaded from " + String.join(", ", jars) + ": " + unreadable, unreadable);
        }
    }

    /**
     * Closes the jars.
     *
     * @throws IOException if that fails
     */
    @Override
    public void close() throws IOException {
        loader.close();
    }
}
