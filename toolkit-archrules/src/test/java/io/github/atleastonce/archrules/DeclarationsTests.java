package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.model.Compatibility;
import io.github.atleastonce.archrules.model.Declarations;
import io.github.atleastonce.archrules.model.Pair;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is said first is still there after the last thing said. */
class DeclarationsTests {

    private static final Path FILE = Path.of("contracts.txt");
    private static final Pair PAIR = new Pair("payment", "order");

    private record Saying(
            String name, UnaryOperator<Architecture> say, Function<Declarations, Object> read, Object expected) {}

    private static final List<Saying> SAYINGS = List.of(
            new Saying("feedback", a -> a.feedback("a", "b"), d -> d.isDeclaredFeedback(Set.of("a", "b")), true),
            new Saying("budget", a -> a.budget("payment", "order", 3), d -> d.budget(PAIR), 3),
            new Saying("default budget", a -> a.defaultBudget(5), d -> d.budget(new Pair("x", "y")), 5),
            new Saying("chain", a -> a.synchronousChainBudget(1), Declarations::synchronousChainBudget, 1),
            new Saying("remote", a -> a.allowRemote("Bank"), d -> d.isRemoteAllowed("Bank"), true),
            new Saying(
                    "client",
                    a -> a.remoteClient("Bank", "c"),
                    d -> d.namedContexts().contains("c"),
                    true),
            new Saying("pivot", a -> a.pivot("Saga", "pay"), Declarations::pivots, Map.of("Saga", "pay")),
            new Saying("read-only", a -> a.readOnlySteps("ask"), d -> d.isReadOnlyStep("ask"), true),
            new Saying("library", a -> a.contractLibraries("lib"), d -> d.isContractLibrary("lib.Money"), true),
            new Saying(
                    "exemption",
                    a -> a.except("r", "w", "b"),
                    d -> d.exemptions().size(),
                    1),
            new Saying("baseline", a -> a.contractBaseline(FILE), Declarations::contractBaseline, FILE),
            new Saying(
                    "compatibility",
                    a -> a.contractBaseline(FILE, Compatibility.FORWARD),
                    Declarations::contractCompatibility,
                    Compatibility.FORWARD),
            new Saying("schemas", a -> a.avroSchemas(FILE), Declarations::avroSchemas, List.of(FILE)));

    @TestFactory
    Stream<DynamicTest> eachSayingIsKept() {
        return SAYINGS.stream()
                .map(saying -> DynamicTest.dynamicTest(saying.name(), () -> {
                    Architecture before = Architecture.of("shop").contextPerPackage();
                    Architecture after =
                            saying.say().apply(before).shared("shop.platform").context("order");
                    assertThat(saying.read().apply(after.declared())).isEqualTo(saying.expected());
                    assertThat(saying.read().apply(before.declared()))
                            .as("each method changes a copy")
                            .isNotEqualTo(saying.expected());
                }));
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> Architecture.of())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one base package");
        assertThatThrownBy(() -> Architecture.of("shop").contextPerPackage().budget("a", "b", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("budget wants 0 or more, but got -1");
        assertThatThrownBy(() -> Architecture.of("shop").contextPerPackage().knowing("sendd com.acme.Bus"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'sendd' is no role");
    }

    @Test
    void whatHasToBeFoundFirstIsSaid() {
        assertThatThrownBy(() -> Architecture.discovered().context("order"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("context(\"order\") wants its packages");
        assertThatThrownBy(() -> ArchitectureCheck.of(Architecture.discovered()).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Architecture.discovered() wants the imported classes");
        assertThat(Architecture.discovered()
                        .context("order", "shop.order")
                        .declared()
                        .bases())
                .isEmpty();
    }
}
