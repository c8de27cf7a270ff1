package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Ending;
import io.github.atleastonce.process.OuterLives;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.Works;
import io.github.atleastonce.task.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which life uses which entrance of the proxy, if one has an entrance of its own. Safe for use by several threads. */
final class WireLives {

    private final Map<String, Lifetime> byDoor = new ConcurrentHashMap<>(2);
    private final Map<String, String> doorOfGroup = new ConcurrentHashMap<>(2);

    private final List<Lifetime> dead = new ArrayList<>(1);
    private final Run run;
    private volatile String booting = "";

    private WireLives(Run run) {
        this.run = run;
    }

    static WireLives of(Run run) {
        return run.belonging(WireLives.class, WireLives::new);
    }

    /** Performs something of a life, which may die in it, on the thread of the run; says whether it lives on. */
    boolean perform(Lifetime life, Cause why, Action work) {
        if (run.works().perform(life, why, Works.Before.NOTHING, work) instanceof Ending.Threw threw) {
            throw new IllegalStateException("A step of " + life + " could not be taken note of.", threw.failure());
        }
        if (life.isDead()) {
            dead.add(life);
        }
        return !life.isDead();
    }

    /** Lets the processes that have died, or ended by themselves, be started again, and waits until their groups are there, on the thread of the run; says whether
     * there were any. */
    boolean revive(ConsumerPresence consumers) {
        List<Lifetime> all = new ArrayList<>(dead);
        dead.clear();
        all.addAll(OuterLives.of(run).takeEnded());
        for (Lifetime life : all) {
            booting = life.service();
            try {
                run.works().conclude(life);
                consumers.awaitReturn(groupsOf(life), run.bounds());
            } finally {
                booting = "";
            }
        }
        return !all.isEmpty();
    }

    /** Says whether a life boots in place of one that has died, and the thread of the run waits for it. */
    boolean isBooting(Lifetime life) {
        return !life.isDead() && life.service().equals(booting);
    }

    /** Returns who comes by an entrance. */
    WireAsker asker(String door) {
        return new WireAsker(at(door), this);
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

    /** Says whether any life has come by an entrance of its own. */
    boolean haveEntrances() {
        return !byDoor.isEmpty();
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
