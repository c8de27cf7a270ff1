package io.github.atleastonce.run;

import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import io.github.atleastonce.task.Action;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** What a test claims to hold at every moment: after each delivery, attempt, tick, timer and crash. */
@API(status = API.Status.INTERNAL)
public final class Claims implements Captured {

    private final Faults faults;
    private List<Action> all = List.of();
    private int checked;

    Claims(Faults faults) {
        this.faults = faults;
    }

    /**
     * Adds a claim.
     *
     * @param claim throws if it does not hold
     */
    public void add(Action claim) {
        List<Action> more = new ArrayList<>(all);
        more.add(claim);
        all = more;
    }

    @Override
    public void capture(Snapshot into) {
        into.memory(all);
    }

    /** Checks all claims now, without offering any fault meanwhile. */
    public void check() {
        if (!all.isEmpty()) {
            faults.without(() -> {
                for (Action claim : all) {
                    claim.run();
                }
            });
            checked = all.size();
        }
    }

    /** {@return whether each claim was checked; false if one was added when nothing happened any more} */
    public boolean wereChecked() {
        return checked == all.size();
    }
}
