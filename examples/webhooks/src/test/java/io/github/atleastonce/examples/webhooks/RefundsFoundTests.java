package io.github.atleastonce.examples.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The same test finds a service that takes another idempotency key for each try. */
class RefundsFoundTests {

    @TempDir
    Path kept;

    @TestPropertySource(properties = "stripe.one-key-for-each-refund=false")
    @DirtiesContext
    static class ForgetfulTestCase extends RefundsTests {}

    @Test
    void aNewKeyForEachTryIsFoundOut() {
        assertThat(Told.by(ForgetfulTestCase.class, kept))
                .singleElement()
                .asString()
                .contains("Fails under 1 fault.", "charge=ch_1");
    }
}
