package shop.customers;

import io.eventuate.tram.commands.common.Command;

/**
 * Gives credit back that was reserved.
 *
 * @param customer whose
 * @param amount how much
 */
public record ReleaseCredit(String customer, int amount) implements Command {}
