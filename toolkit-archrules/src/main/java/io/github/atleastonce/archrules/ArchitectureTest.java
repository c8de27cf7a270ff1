package io.github.atleastonce.archrules;

import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Gives a test class one JUnit node for each rule.
 *
 * <p>Implement it and return the check. Nodes are named by the rules' ids. A rule that only warns, or cannot look at
 * anything, aborts its node with the message, so that it is seen and fails nothing.
 */
public interface ArchitectureTest {

    /**
     * Returns the check to run.
     *
     * @return the check
     */
    ArchitectureCheck check();

    /**
     * Runs the check and reports each rule.
     *
     * @return one test for each rule
     */
    @TestFactory
    default Stream<DynamicTest> rules() {
        return check().run().results().stream()
                .map(result -> DynamicTest.dynamicTest(result.rule().id(), () -> {
                    if (result.isFailure()) {
                        Assertions.fail("\n" + result.message());
                    }
                    Assumptions.assumeFalse(result.hasFindings(), () -> "\n" + result.message());
                }));
    }
}
