package io.github.atleastonce.archrules;

import com.tngtech.archunit.lang.ArchRule;
import io.github.atleastonce.archrules.map.CouplingMap;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.model.Compatibility;
import io.github.atleastonce.archrules.model.EventType;
import io.github.atleastonce.archrules.rules.CouplingRules;
import io.github.atleastonce.archrules.rules.OutboxRules;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.RuleSet;
import io.github.atleastonce.archrules.rules.Rules;
import io.github.atleastonce.archrules.rules.Severity;
import io.github.atleastonce.archrules.rules.Theme;
import io.github.atleastonce.archrules.rules.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The Java of the guide, so that it compiles. */
final class GuideSnippets {

    private GuideSnippets() {}

    static class ShopArchitectureTests implements ArchitectureTest {
        @Override
        public ArchitectureCheck check() {
            return ArchitectureCheck.of(Architecture.of("com.acme.shop"));
        }
    }

    static void plain() {
        ArchitectureCheck.of(Architecture.of("com.acme.shop")).run().assertNoViolations();
    }

    static class ShopArchUnitTests {
        static final ArchitectureCheck SHOP = ArchitectureCheck.of(Architecture.of("com.acme.shop"));

        // @ArchTest
        static final ArchRule OUTBOX = SHOP.archRule(OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX);
    }

    static final ArchitectureCheck FOUND = ArchitectureCheck.of(Architecture.discovered());

    static Architecture perPackage() {
        return Architecture.of("com.acme.shop").contextPerPackage();
    }

    static RuleSet precise() {
        return Rules.RECOMMENDED.plus(Rules.ADVICE);
    }

    static Architecture declared() {
        return Architecture.of("com.acme.shop")
                .context("order") // com.acme.shop.order
                .context("payment", "com.acme.shop.payment", "com.acme.shop.refund")
                .shared("com.acme.shop.platform")
                .contracts("com.acme.shop.*.Public*")
                .feedback("order", "payment") // a saga without a conductor
                .budget("payment", "order", 3)
                .allowRemote("com.acme.shop.payment.BankClient")
                .knowing("send com.acme.bus.Bus#publish payload=1 channel=0")
                .except("listeners_should_not_swallow_exceptions", "com.acme.shop.payment.Metrics", "counts only");
    }

    static ArchitectureCheck adopted(Architecture shop) {
        return ArchitectureCheck.of(shop.contractBaseline(Path.of("src/test/resources/event-contracts.txt")))
                .rules(Rules.RECOMMENDED
                        .plus(Rules.OUTBOX)
                        .plus(CouplingRules.TOPICS_SHOULD_HAVE_ONE_OWNER.withSeverity(Severity.ERROR)))
                .freezeIn(Path.of("src/test/resources/frozen"));
    }

    static Architecture avro() {
        return Architecture.of("com.acme.shop")
                .contractBaseline(Path.of("src/test/resources/event-contracts.txt"), Compatibility.BACKWARD)
                .avroSchemas(Path.of("src/main/avro"));
    }

    static void map(Architecture shop) {
        Report report = ArchitectureCheck.of(shop).run();
        CouplingMap map = CouplingMap.of(report.model()).merge(CouplingMap.read(Path.of("other-service.json")));
        map.writeTo(Path.of("target/coupling-map"));
    }

    static final Rule EVENTS_SHOULD_BE_RECORDS = Rule.of(
            "events_should_be_records",
            Theme.EVENTS,
            Severity.WARN,
            "records are immutable and short.",
            "make it a record.",
            model -> model.events().stream()
                    .map(EventType::type)
                    .filter(type -> !type.isRecord())
                    .map(type -> Violation.of(type.getSimpleName(), List.of(), Set.of(type.getName())))
                    .toList());
}
