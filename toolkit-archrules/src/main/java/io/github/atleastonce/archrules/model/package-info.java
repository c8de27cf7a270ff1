/**
 * Who publishes, who consumes, who calls whom and who writes what: the architecture of events, read from one import.
 *
 * <p>An {@link io.github.atleastonce.archrules.model.Architecture} is what a team declares: its contexts and, where the
 * defaults do not fit, roles, budgets and exceptions. An {@link io.github.atleastonce.archrules.model.EventModel} is what
 * the code says, derived once from ArchUnit's classes and shared by all rules and by the coupling map. A <em>context</em>
 * is a part of the system with a language and a team of its own; a <em>wire name</em> is what an event is called outside
 * of the code, by which two builds can speak of the same event.
 */
@NullMarked
package io.github.atleastonce.archrules.model;

import org.jspecify.annotations.NullMarked;
