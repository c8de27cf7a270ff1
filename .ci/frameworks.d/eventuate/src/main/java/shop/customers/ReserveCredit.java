package shop.customers;

import io.eventuate.tram.commands.common.Command;

/**
 * Asks for credit.
 *
 * @param customer whose
 * @param amount how much
 */
public record ReserveCredit(String customer, int amount) implements Command {}
