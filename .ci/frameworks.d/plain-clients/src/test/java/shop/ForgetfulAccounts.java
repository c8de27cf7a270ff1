package shop;

/** The same test of a service that books what comes twice. Run by {@link IsFoundTest}. */
class ForgetfulAccounts extends AccountsTest {}
