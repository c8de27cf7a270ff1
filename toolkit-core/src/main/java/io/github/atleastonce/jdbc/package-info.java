/**
 * Databases under faults: a data source that knows whose life it serves.
 *
 * <p>A service gets it by {@code life.dataSource(ds)}. Each {@code execute}, commit and rollback through it, the implied commit of
 * {@code setAutoCommit(true)} included, is an I/O step of the life, named by the kind of statement and its table ({@code insert
 * orders}, {@code commit}). After a step the process may die (CRASH), or something else may happen at the same time
 * (CONCURRENT); at a step the connection may break (CONNECTION_LOST), and at a commit it may break before or after the commit took
 * effect, which the application cannot tell apart.
 *
 * <p>A crash cuts first and throws then: it aborts the physical connections, waits until the server has forgotten them, and
 * refuses all later calls, so that no cleanup of a framework can commit what died. Everything else goes to the driver untouched.
 *
 * <p>All that JDBC hands out leads back to these connections. What is unwrapped from beneath them may be asked; where the
 * server tells of it, as PostgreSQL does, a write there is refused, since no fault would meet it. So is a write on a thread that is not followed; pools may test and
 * prepare their connections on threads of their own.
 *
 * <p>The history keeps which statements belonged to which transaction, and where commits fell.
 */
@NullMarked
package io.github.atleastonce.jdbc;

import org.jspecify.annotations.NullMarked;
