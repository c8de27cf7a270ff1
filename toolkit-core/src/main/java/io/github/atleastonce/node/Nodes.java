package io.github.atleastonce.node;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.run.UsageException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/** Boots several nodes of one service, and lets one of them stall. */
@API(status = API.Status.INTERNAL)
public final class Nodes {

    private static final int MOST = 9;

    private Nodes() {}

    /**
     * Boots the nodes.
     *
     * @param run the run
     * @param name the name of the service
     * @param count how many nodes
     * @param boot boots a life of one of them
     * @param <T> the type of a node's front door
     * @return a handle for each, in order
     * @throws UsageException if there would be none, or too many
     */
    public static <T> List<Service<T>> boot(Run run, String name, int count, Function<Life, T> boot) {
        if (count < 1 || count > MOST) {
            throw run.history()
                    .caveats()
                    .refuse(new UsageException("nodes(\"" + name + "\", " + count
                            + ", …) wants a number of nodes from 1 to " + MOST + "."));
        }
        Pauses pauses = run.belonging(Pauses.class, Pauses::new);
        Map<Object, String> made = new IdentityHashMap<>();
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> run.node(name, number, life -> {
                    pauses.booted(Run.lifetime(life));
                    T node = boot.apply(life);
                    if (node != null
                            && !made.computeIfAbsent(node, any -> life.service())
                                    .equals(life.service())) {
                        run.history()
                                .caveats()
                                .remark("the nodes of '" + name
                                        + "' may share their memory: their boots returned the same object");
                    }
                    return node;
                }))
                .toList();
    }
}
