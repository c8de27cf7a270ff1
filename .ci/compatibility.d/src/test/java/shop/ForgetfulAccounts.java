package shop;

import org.springframework.test.context.TestPropertySource;

/** The same test of an application that books what comes twice. Run by {@link IsFoundTest}. */
@TestPropertySource(properties = {"shop.idempotent=false", "spring.datasource.url=jdbc:h2:mem:forgetful;DB_CLOSE_DELAY=-1"})
class ForgetfulAccounts extends AccountsTest {}
