package io.github.atleastonce.examples.process;

import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import org.junit.jupiter.api.condition.EnabledIf;

/** The service in Python, with librdkafka and libpq. */
@EnabledIf("io.github.atleastonce.examples.process.Scripts#runOnPython")
class PythonCreditTests extends CreditTestCase {

    @Override
    ServiceProcess service(Life life, PostgreSqlEntrance database) {
        return Scripts.python(life, "credit.py", database);
    }
}
