package io.github.atleastonce.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The state of a run at one moment. Not thread-safe. */
@API(status = API.Status.INTERNAL)
public final class Snapshot {

    private static final char END = '\u001f';

    private final StringBuilder text = new StringBuilder(512);
    private final MemoryWalk memory = new MemoryWalk(this);
    private final Map<String, Digest> aside = new TreeMap<>();
    private final Set<String> looked = new TreeSet<>();
    private final Set<String> unseen = new TreeSet<>();
    private final boolean fresh;
    private boolean settled = true;

    /**
     * What tells one state from others.
     *
     * @param high half of it
     * @param low the other half
     */
    public record Digest(long high, long low) {

        /**
         * Makes the digest of a text.
         *
         * @param text the text
         * @return its digest; two texts of one digest are not to be expected in the life of this universe
         */
        public static Digest of(CharSequence text) {
            try {
                byte[] all = MessageDigest.getInstance("SHA-256")
                        .digest(text.toString().getBytes(StandardCharsets.UTF_8));
                ByteBuffer bytes = ByteBuffer.wrap(all);
                return new Digest(bytes.getLong(), bytes.getLong());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public String toString() {
            return Long.toHexString(high) + Long.toHexString(low);
        }
    }

    /**
     * Begins a snapshot.
     *
     * @param fresh whether something may have happened since the last one, so that nothing of that one holds
     */
    public Snapshot(boolean fresh) {
        this.fresh = fresh;
    }

    /**
     * Says whether what was found out for the last snapshot may have changed.
     *
     * @return whether everything is to be looked at anew
     */
    public boolean isFresh() {
        return fresh;
    }

    /**
     * Adds a text.
     *
     * @param part the text, or null
     * @return this
     */
    public Snapshot text(@Nullable String part) {
        // Its length comes first, so that no two texts look like two others.
        text.append(part == null ? -1 : part.length()).append(END).append(part).append(END);
        return this;
    }

    /**
     * Adds a number.
     *
     * @param number the number
     * @return this
     */
    public Snapshot number(long number) {
        text.append(number).append(END);
        return this;
    }

    /**
     * Adds an object with all that it leads to, field by field. Objects of the toolkit and of databases are left out, since they say themselves
     * what they have.
     *
     * @param root the object, or null
     * @return this
     */
    public Snapshot memory(@Nullable Object root) {
        memory.walk(root);
        return this;
    }

    /**
     * Adds what counts only for those who look at it.
     *
     * @param name what it is
     * @param looked whether somebody has looked at it in this run
     * @param part a text that tells it
     */
    public void aside(String name, boolean looked, CharSequence part) {
        aside.put(name, Digest.of(part));
        if (looked) {
            this.looked.add(name);
        }
    }

    /**
     * Says that there is something that cannot be told, so that no two states of this exploration can be compared.
     *
     * @param what what it is, in words
     */
    public void unseen(String what) {
        unseen.add(what);
    }

    /** Says that something is under way at this moment, which therefore is to be passed over. */
    public void unsettled() {
        settled = false;
    }

    /** {@return whether nothing is under way} */
    public boolean isSettled() {
        return settled;
    }

    /** {@return what cannot be told, in words; empty if all can} */
    public Set<String> unseen() {
        return Collections.unmodifiableSet(unseen);
    }

    /** {@return what tells this state from others, but for what counts only for those who look at it} */
    public Digest digest() {
        return Digest.of(text);
    }

    /** {@return the digests of what counts only for those who look at it, by name} */
    public Map<String, Digest> asides() {
        return Collections.unmodifiableMap(aside);
    }

    /** {@return the names of what somebody has looked at} */
    public Set<String> looked() {
        return Collections.unmodifiableSet(looked);
    }

    StringBuilder raw() {
        return text;
    }
}
