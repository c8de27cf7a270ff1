/**
 * What events look like on the wire, and whether that stays compatible.
 *
 * <p>The accepted shape of every event is kept in a text file, the <em>baseline</em>, one property a line, so that a change
 * is seen in a review. Properties are known by their JSON names. To take away, rename or retype a property breaks those
 * who read it; to add a required one breaks those who read what was stored before. Where an event has an Avro schema, the
 * baseline holds that schema, and Avro itself judges; Avro is optional, and only {@code Avro…} and {@code SchemaChanges} need it.
 */
@NullMarked
package io.github.atleastonce.archrules.contract;

import org.jspecify.annotations.NullMarked;
