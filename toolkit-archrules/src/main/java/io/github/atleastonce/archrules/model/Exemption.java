package io.github.atleastonce.archrules.model;

/**
 * A place at which a rule is knowingly not kept.
 *
 * @param rule the id of the rule
 * @param where a class, a context, or a pair written {@code "payment → order"}
 * @param because the reason, for those who find it later
 */
public record Exemption(String rule, String where, String because) {

    /**
     * Checks that all three are given.
     *
     * @param rule see above
     * @param where see above
     * @param because see above
     * @throws IllegalArgumentException if one is blank
     */
    public Exemption {
        if (rule.isBlank() || where.isBlank() || because.isBlank()) {
            throw new IllegalArgumentException("except(rule, where, because) wants all three, but got rule '" + rule
                    + "', where '" + where + "', because '" + because + "'.");
        }
    }
}
