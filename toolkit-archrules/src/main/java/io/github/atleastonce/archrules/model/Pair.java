package io.github.atleastonce.archrules.model;

/**
 * Two contexts, in the direction of knowing: {@code from} knows {@code to}.
 *
 * @param from who knows
 * @param to who is known
 */
public record Pair(String from, String to) implements Comparable<Pair> {

    @Override
    public int compareTo(Pair other) {
        int byFrom = from.compareTo(other.from);
        return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }

    @Override
    public String toString() {
        return from + " → " + to;
    }
}
