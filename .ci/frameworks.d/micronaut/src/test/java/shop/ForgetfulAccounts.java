package shop;

import io.micronaut.context.annotation.Property;

/** The same test of an application that books what comes twice. Run by {@link IsFoundTest}. */
@Property(name = "shop.idempotent", value = "false")
class ForgetfulAccounts extends AccountsTest {}
