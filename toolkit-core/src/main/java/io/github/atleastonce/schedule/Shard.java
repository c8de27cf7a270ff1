package io.github.atleastonce.schedule;

import org.apiguardian.api.API;

/**
 * One of several parts of an exploration, which together run every schedule once. A schedule belongs to the part that has its first fault, as the run without
 * faults offers it; so whatever comes of a run is found by the part that ran it, and no part needs to know of another.
 *
 * @param number which part it is, from 1
 * @param of how many parts there are
 */
@API(status = API.Status.INTERNAL)
public record Shard(int number, int of) {

    /** Everything: the only part. */
    public static final Shard WHOLE = new Shard(1, 1);

    /** More would run little but the happy path. */
    private static final int MOST = 1_000;

    /**
     * Refuses a part that is none of the whole.
     *
     * @param number see above
     * @param of see above
     */
    public Shard {
        if (number < 1 || number > of || of > MOST) {
            throw new IllegalArgumentException("There is no shard " + number + " of " + of + ".");
        }
    }

    /**
     * Reads a part.
     *
     * @param text such as {@code 2/8}
     * @return the part
     * @throws IllegalArgumentException if the text is none
     */
    public static Shard parse(String text) {
        String[] sides = text.split("/", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException(text);
        }
        return new Shard(Integer.parseInt(sides[0].strip()), Integer.parseInt(sides[1].strip()));
    }

    /**
     * Says whether there are other parts.
     *
     * @return whether this is less than everything
     */
    public boolean isPart() {
        return of > 1;
    }

    /** Says whose a first fault is. They are dealt out to and fro, since the earlier one comes the more can follow. */
    boolean owns(long first) {
        long place = first % (2L * of);
        return (place < of ? place : 2L * of - 1 - place) == number - 1;
    }

    /** Counts those of the first faults that are its own. */
    long share(long all) {
        long rounds = all / (2L * of);
        long share = 2 * rounds;
        for (long first = rounds * 2 * of; first < all; first++) {
            share += owns(first) ? 1 : 0;
        }
        return share;
    }

    /**
     * Names the part, for people.
     *
     * @return such as {@code shard 2 of 8}
     */
    public String words() {
        return "shard " + number + " of " + of;
    }

    /**
     * Writes the part so that {@link #parse} reads it back.
     *
     * @return such as {@code 2/8}
     */
    @Override
    public String toString() {
        return number + "/" + of;
    }
}
