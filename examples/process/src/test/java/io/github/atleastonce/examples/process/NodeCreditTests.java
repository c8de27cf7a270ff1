package io.github.atleastonce.examples.process;

import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import org.junit.jupiter.api.condition.EnabledIf;

/** The service in node.js, with kafkajs and pg. */
@EnabledIf("io.github.atleastonce.examples.process.Scripts#runOnNode")
class NodeCreditTests extends CreditTestCase {

    @Override
    ServiceProcess service(Life life, PostgreSqlEntrance database) {
        return Scripts.node(life, "credit.js", database);
    }
}
