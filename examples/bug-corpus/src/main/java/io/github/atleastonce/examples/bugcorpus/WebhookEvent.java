package io.github.atleastonce.examples.bugcorpus;

/**
 * What a sender of webhooks has to say.
 *
 * @param id the same, however often it is delivered
 * @param type for example {@code created}
 * @param customer whom it is about
 * @param amount an amount, or a version where there are several
 */
public record WebhookEvent(String id, String type, String customer, int amount) {}
