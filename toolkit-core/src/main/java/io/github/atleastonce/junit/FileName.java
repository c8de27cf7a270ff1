package io.github.atleastonce.junit;

/** Makes names of files out of names of tests, which may hold anything; different tests keep different files. */
final class FileName {

    /** What file systems take, with room for an ending. */
    private static final int LONGEST = 200;

    private FileName() {}

    static String of(String name) {
        String safe = name.replaceAll("[^\\p{Alnum}._$-]", "_");
        if (safe.equals(name) && safe.length() <= LONGEST) {
            return safe;
        }
        return safe.substring(0, Math.min(safe.length(), LONGEST)) + "-" + Integer.toHexString(name.hashCode());
    }
}
