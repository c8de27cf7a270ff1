package shop;

import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;

/** The same test of an application that books what comes twice. It fails. */
@KafkaBroker(topics = @Topic(name = "orders"))
@QuarkusTest
@TestProfile(ForgetfulAccounts.Forgetful.class)
class ForgetfulAccounts extends AccountsTest {

    public static class Forgetful implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("shop.idempotent", "false");
        }
    }
}
