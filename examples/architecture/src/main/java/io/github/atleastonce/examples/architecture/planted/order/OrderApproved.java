package io.github.atleastonce.examples.architecture.planted.order;

import io.github.atleastonce.examples.architecture.Planted;

/** Its total was a number in the accepted contract. */
@Planted("event_contracts_should_stay_compatible @ OrderApproved")
public record OrderApproved(String orderId, String total) {}
