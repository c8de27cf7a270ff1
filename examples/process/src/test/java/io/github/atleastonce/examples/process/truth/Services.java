package io.github.atleastonce.examples.process.truth;

import io.github.atleastonce.examples.bugcorpus.Consumer;
import io.github.atleastonce.examples.bugcorpus.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The services whose deaths are compared: seven of the bug corpus that need a database alone, each with its twin, some that announce what they do wrongly, ten that are right, and relays of an outbox. */
final class Services {

    static final Map<String, Service> ALL = all();

    private Services() {}

    private static Map<String, Service> all() {
        Map<String, Service> all = new LinkedHashMap<>();
        pair(
                all,
                "added for each delivery",
                io.github.atleastonce.examples.bugcorpus.addedforeachdelivery.Faulty::new,
                io.github.atleastonce.examples.bugcorpus.addedforeachdelivery.Fixed::new);
        pair(
                all,
                "applied without version",
                io.github.atleastonce.examples.bugcorpus.appliedwithoutversion.Faulty::new,
                io.github.atleastonce.examples.bugcorpus.appliedwithoutversion.Fixed::new);
        pair(
                all,
                "duplicate key caught in transaction",
                io.github.atleastonce.examples.bugcorpus.duplicatekeycaughtintransaction.Faulty::new,
                io.github.atleastonce.examples.bugcorpus.duplicatekeycaughtintransaction.Fixed::new);
        pair(
                all,
                "lost update",
                io.github.atleastonce.examples.bugcorpus.lostupdate.Faulty::new,
                io.github.atleastonce.examples.bugcorpus.lostupdate.Fixed::new);
        pair(
                all,
                "marker stored before work",
                io.github.atleastonce.examples.bugcorpus.markerstoredbeforework.Faulty::new,
                io.github.atleastonce.examples.bugcorpus.markerstoredbeforework.Fixed::new);
        pair(
                all,
                "marker stored outside transaction",
                io.github.atleastonce.examples.bugcorpus.markerstoredoutsidetransaction.Faulty::new,
                io.github.atleastonce.examples.bugcorpus.markerstoredoutsidetransaction.Fixed::new);
        pair(
                all,
                "marker without key",
                io.github.atleastonce.examples.bugcorpus.markerwithoutkey.Faulty::new,
                io.github.atleastonce.examples.bugcorpus.markerwithoutkey.Fixed::new);
        all.putAll(Announcing.services());
        all.putAll(Correct.services());
        all.putAll(Relaying.services());
        return all;
    }

    private static void pair(
            Map<String, Service> all,
            String bug,
            Function<Database, Consumer> faulty,
            Function<Database, Consumer> fixed) {
        all.put(bug, (order, has) -> faulty.apply(has.db()).on(order));
        all.put("not: " + bug, (order, has) -> fixed.apply(has.db()).on(order));
    }
}
