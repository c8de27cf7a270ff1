package shop.warehouse;

import io.eventuate.tram.commands.common.Command;

/**
 * Asks for a parcel.
 *
 * @param order for which order
 * @param item what is in it
 */
public record Pack(String order, String item) implements Command {}
