package io.github.atleastonce.archrules.model;

/**
 * A context that calls another and waits.
 *
 * @param pair caller and called
 * @param caller the qualified name of the calling class
 * @param via the qualified name of the called bean or remote client
 * @param call the call, for people
 * @param at source file and line
 * @param remote whether the call leaves the process
 */
public record SyncEdge(Pair pair, String caller, String via, String call, String at, boolean remote) {}
