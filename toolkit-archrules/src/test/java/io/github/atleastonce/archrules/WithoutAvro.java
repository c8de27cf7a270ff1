package io.github.atleastonce.archrules;

import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.ContractRules;
import io.github.atleastonce.archrules.rules.RuleSet;
import java.nio.file.Path;
import java.util.Set;

/** Runs the contract rule where no class of Avro can be loaded. */
final class WithoutAvro {

    private WithoutAvro() {}

    /** What the rule says of a plain project before and after accepting, and of one that was accepted with Avro. */
    static String check(Path directory, Path withAvro) {
        return "accepted, then: [" + run(directory, directory.resolve("contracts.txt"), Set.of("contracts")) + "] "
                + run(directory, withAvro, Set.of());
    }

    private static String run(Path directory, Path baseline, Set<String> accepted) {
        Fixture fixture = new Fixture(Path.of("plain"), """
                package shop.order;
                public record OrderPlaced(String orderId) {}
                package shop.order;
                public class OrderService {
                    org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
                    public void place(OrderPlaced event) { kafka.send("orders", event); }
                }
                """, Idiom.SPRING_KAFKA);
        return ArchitectureCheck.of(Architecture.of("shop").contextPerPackage().contractBaseline(baseline))
                .rules(RuleSet.of(ContractRules.EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE))
                .run(fixture.compile(directory), new Surroundings(false, accepted))
                .message();
    }
}
