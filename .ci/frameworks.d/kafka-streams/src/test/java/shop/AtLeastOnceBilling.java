package shop;

/** The same test of the topology without {@code exactly_once_v2}. Run by {@link IsFoundTest}. */
class AtLeastOnceBilling extends BillingTest {}
