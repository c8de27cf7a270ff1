/**
 * Spring: the application in the context of a test stands for a service of each run, with no edit of its code.
 *
 * <p>A context is expensive, so all schedules of all fault tests share one, as other tests do: every context of a test gets the
 * same customizer, which adds nothing to the key of Spring's cache. It lays a proxy over each data source bean. Outside of
 * runs, and for what the body of a test reads by itself, the proxy hands out bare connections; for what the application does within
 * {@code scenario.attempt(…)} it hands out connections of the application's present life, whose every statement and commit is a
 * step at which the process may die (CRASH) or the connection break (CONNECTION_LOST).
 *
 * <p>A <em>life</em> is the application in that context. A crash cuts its connections, waits until the database has forgotten
 * them, and refuses whatever the threads of the dead life still try; then the next life begins in the same context. So beans keep
 * their fields across a crash, which a process would not: state that matters belongs into the database.
 *
 * <p>Runs share the database. What a run left behind is cleared by the test, in {@code @BeforeEach}, by {@code @Sql} or with {@code
 * scenario.reset(…)}; the toolkit notices when it is not, since the fault-free run is repeated. A transaction of the test itself,
 * which Spring rolls back, is refused: what is never committed can be neither lost nor seen by a listener.
 *
 * <p>Work that the application hands over to an executor bean ({@code @Async}, listeners of transactions, continuations of futures) is done in {@code
 * settle()}, or when somebody waits for it, one piece at a time; what it does are steps, and the process may die before it. What is scheduled ({@code
 * @Scheduled}) is ticked when all else is quiet, or is a timer on the scenario's clock. Other threads of the application's own are cut off by a crash like all
 * others, but their steps are no places where one is offered, since nothing decides when they come; the claim says so.
 */
@NullMarked
package io.github.atleastonce.spring;

import org.jspecify.annotations.NullMarked;
