package io.github.atleastonce.kafka;

import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which life uses which entrance of the proxy, if one has an entrance of its own. Safe for use by several threads. */
final class WireLives {

    private final Map<String, Lifetime> byDoor = new ConcurrentHashMap<>(2);
    private final Map<String, String> doorOfGroup = new ConcurrentHashMap<>(2);

    private WireLives() {}

    static WireLives of(Run run) {
        return run.belonging(WireLives.class, any -> new WireLives());
    }

    /** Returns a name for an entrance that the life is to use. */
    String nameFor(Lifetime life) {
        String name = life.service() + "#" + life.number() + "." + (byDoor.size() + 1);
        byDoor.put(name, life);
        return name;
    }

    @Nullable
    Lifetime at(String door) {
        return byDoor.get(door);
    }

    boolean isDead(String door) {
        Lifetime life = at(door);
        return life != null && life.isDead();
    }

    /** Takes note of the entrance by which a member of a group has come last. */
    void saw(String group, String door) {
        doorOfGroup.put(group, door);
    }

    /** Returns the groups whose members have come by the entrances of a life. */
    Set<String> groupsOf(Lifetime life) {
        Set<String> groups = new TreeSet<>(doorOfGroup.keySet());
        groups.removeIf(group -> !isOf(group, life));
        return groups;
    }

    /** Says whether a life has the member of a group that was seen last. */
    boolean isOf(String group, Lifetime life) {
        String door = doorOfGroup.get(group);
        return door != null && at(door) == life;
    }
}
