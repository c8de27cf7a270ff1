package io.github.atleastonce.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client has asked for and what the server has done of it: one side for each thread of a connection. A group of requests ends where the server is
 * ready for the next one; then all of it has had its effect. Safe for use by the two threads.
 */
final class PostgreSqlConversation {

    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final List<Done> done = new ArrayList<>(2);
    private boolean skipping;
    private boolean flushed;
    private boolean within;
    private boolean telling;

    /**
     * A statement that was done.
     *
     * @param sql its text
     * @param rows how many rows it changed; empty if it gave rows or nothing
     * @param within whether it was part of a transaction that somebody had begun
     */
    record Done(String sql, OptionalLong rows, boolean within) {}

    /** What the server answers in order: a text of one or more statements, one that was prepared, or the end of a group. */
    private sealed interface Asked {

        record Texts(Deque<String> statements) implements Asked {}

        record Prepared(String sql, boolean again) implements Asked {}

        enum GroupEnd implements Asked {
            SYNC
        }
    }

    /** Takes note of what the client sends. */
    synchronized void asks(PostgreSqlMessage message) {
        switch (message.type()) {
            case 'Q' -> {
                begun.clear();
                asked.add(new Asked.Texts(new ArrayDeque<>(SqlTexts.split(message.text(0)))));
            }
            case 'P' -> statements.put(message.text(0), message.text(1));
            case 'B' -> {
                portals.put(message.text(0), statements.getOrDefault(message.text(1), ""));
                begun.remove(message.text(0));
            }
            case 'E' -> {
                if (!skipping) {
                    String portal = message.text(0);
                    asked.add(new Asked.Prepared(portals.getOrDefault(portal, ""), !begun.add(portal)));
                }
            }
            case 'H' -> flushed = true;
            case 'S' -> {
                skipping = false;
                asked.add(Asked.GroupEnd.SYNC);
            }
            default -> {
                // It asks for nothing that has an effect of its own.
            }
        }
    }

    /** Returns the statements that the client is about to let the server do by a message. */
    synchronized List<String> about(PostgreSqlMessage message) {
        return switch (message.type()) {
            case 'Q' -> SqlTexts.split(message.text(0));
            case 'B' -> List.of(statements.getOrDefault(message.text(1), ""));
            default -> List.of();
        };
    }

    /** Says whether no transaction is open, the client asks for nothing, and the run knows all that was done. */
    synchronized boolean isIdle() {
        return !within && !telling && asked.isEmpty();
    }

    /** Takes note that the run knows what the last group has done. */
    synchronized void told() {
        telling = false;
    }

    /** Takes note of what the server answers, and says whether the group of requests is over: then {@link #takeDone} has what was done. */
    synchronized boolean answers(PostgreSqlMessage message) {
        switch (message.type()) {
            case 'C' -> completed(message.text(0));
            case 's', 'I' -> completed("");
            case 'E' -> failed();
            case 'Z' -> {
                Asked last = asked.poll();
                while (last instanceof Asked.Prepared) {
                    last = asked.poll();
                }
                flushed = false;
                telling = true;
                return true;
            }
            default -> {
                // It says nothing of what was done.
            }
        }
        return false;
    }

    /** Says whether the client wants to hear of each request before it ends the group. */
    synchronized boolean isFlushed() {
        return flushed;
    }

    /** Says whether the server is at something. */
    synchronized boolean isOpen() {
        return !asked.isEmpty();
    }

    /** Returns what the last group has done. */
    synchronized List<Done> takeDone(char status) {
        List<Done> all = List.copyOf(done);
        done.clear();
        within = status != 'I';
        return all;
    }

    private void completed(String tag) {
        Asked next = asked.peek();
        if (next instanceof Asked.Texts texts) {
            note(texts.statements().poll(), tag);
        } else if (next instanceof Asked.Prepared prepared) {
            asked.poll();
            if (!prepared.again()) {
                note(prepared.sql(), tag);
            }
        }
    }

    private void note(@Nullable String sql, String tag) {
        String text = sql == null ? tag : sql;
        if (text.isBlank()) {
            return;
        }
        done.add(new Done(text, rows(tag), within));
        if (tag.equals("BEGIN") || tag.equals("START TRANSACTION")) {
            within = true;
        } else if (tag.equals("COMMIT") || tag.equals("ROLLBACK")) {
            within = false;
        }
    }

    /** The server takes nothing more until the end of the group, and undoes what the group has done outside of a transaction that somebody had begun. */
    private void failed() {
        done.removeIf(statement -> !statement.within());
        if (asked.peek() instanceof Asked.Texts) {
            return;
        }
        while (asked.peek() instanceof Asked.Prepared) {
            asked.poll();
        }
        skipping = asked.isEmpty();
    }

    private static OptionalLong rows(String tag) {
        String[] words = tag.split(" ");
        boolean changes = switch (words[0]) {
            case "INSERT", "UPDATE", "DELETE", "MERGE" -> words.length > 1;
            default -> false;
        };
        return changes ? OptionalLong.of(Long.parseLong(words[words.length - 1])) : OptionalLong.empty();
    }
}
