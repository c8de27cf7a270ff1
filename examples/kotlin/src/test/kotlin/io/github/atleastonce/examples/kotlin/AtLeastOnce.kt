package io.github.atleastonce.examples.kotlin

import io.github.atleastonce.check.MessagesAssert
import io.github.atleastonce.history.Attempt
import io.github.atleastonce.message.Handler
import io.github.atleastonce.run.Life
import io.github.atleastonce.run.Service
import io.github.atleastonce.scenario.Scenario
import io.github.atleastonce.task.ThrowingConsumer
import io.github.atleastonce.task.ThrowingRunnable
import io.github.atleastonce.task.ThrowingSupplier
import org.assertj.core.api.ListAssert

/*
 * What makes the toolkit read like Kotlin: this one file, to be copied into the tests of a project.
 *
 * Java asks for the class of a message, which reified types know. And it infers what a lambda may throw, which Kotlin does not, as nothing in Kotlin is checked:
 * io and attempting stand for step and attempt, whose names a member would win.
 */

/** Handles the messages of a channel that have the type of the handler's parameter. */
inline fun <reified T : Any> Life.subscribe(channel: String, noinline handler: (T) -> Unit) =
    subscribe(channel, T::class.javaObjectType, Handler { handler(it) })

/** Adds a service that handles the messages of a channel, and has no state of its own. */
inline fun <reified T : Any> Scenario.consumer(name: String, channel: String, noinline handler: (T) -> Unit) =
    consumer(name, channel, T::class.javaObjectType, Handler { handler(it) })

/** Does an I/O step; the process may die right after it. */
fun <T> Life.io(name: String, step: () -> T): T = step<T, Exception>(name, ThrowingSupplier { step() })

/** Calls a service, which may die at any of its steps. */
fun <S : Any> Scenario.attempting(service: Service<S>, action: S.() -> Unit): Attempt =
    attempt<S, Exception>(service, ThrowingConsumer { it.action() })

/** Does something in which a service may die. */
fun Scenario.attempting(action: () -> Unit): Attempt = attempt<Exception>(ThrowingRunnable { action() })

/** Looks at the payloads of one type; others pass by. */
inline fun <reified T : Any> MessagesAssert.payloads(): ListAssert<T> = payloads(T::class.javaObjectType)
