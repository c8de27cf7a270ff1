/**
 * The outbox tables of known projects, as those projects define them, under {@code Outbox} and its presets.
 *
 * <p>Eventuate's CDC service and Debezium's connector are processes of their own and do not run here. What stands for each is a relay
 * that reads what it reads, in the order in which it reads and confirms: the published flag of the table, and PostgreSQL's logical log
 * through a replication slot. What is shown is what the presets tell of the tables and of services that write them, not that those
 * two programs are right.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.presets;

import org.jspecify.annotations.NullMarked;
