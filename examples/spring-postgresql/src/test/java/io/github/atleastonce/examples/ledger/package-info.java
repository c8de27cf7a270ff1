/** A ledger on Spring Data JPA and Hibernate, under the same crashes as the credit service. */
@NullMarked
package io.github.atleastonce.examples.ledger;

import org.jspecify.annotations.NullMarked;
