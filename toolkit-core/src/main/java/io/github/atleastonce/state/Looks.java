package io.github.atleastonce.state;

import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;

/** What the test or a service has looked at in a run that is in no state. */
@API(status = API.Status.INTERNAL)
public final class Looks implements Captured {

    private final Set<String> at = new TreeSet<>();
    private boolean contents;

    /** Creates one for a run in which nobody has looked at anything. */
    public Looks() {}

    /**
     * Takes note that somebody has looked.
     *
     * @param what at what, in words
     */
    public void at(String what) {
        at.add(what);
    }

    /** Takes note that somebody has looked at all that lies on channels. */
    public void atContents() {
        contents = true;
    }

    /** {@return whether somebody has looked at all that lies on channels} */
    public boolean areAtContents() {
        return contents;
    }

    @Override
    public void capture(Snapshot into) {
        at.forEach(into::unseen);
    }

    /** What somebody has looked at counts from then on, and not what was looked at before. */
    @Override
    public boolean isVisible() {
        return false;
    }
}
