package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.model.EventModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What marks a context, what does not, and what is only told. */
class ContextsTests {

    private static final Architecture SHOP = Architecture.of("shop");
    private static final Architecture PER_PACKAGE = SHOP.contextPerPackage();
    private static final String APPLICATION = "@org.springframework.boot.autoconfigure.SpringBootApplication ";
    private static final String MODULE =
            "@org.springframework.modulith.PackageInfo @org.springframework.modulith.ApplicationModule ";

    @TempDir
    Path directory;

    @Test
    void packagesAreContextsIfThatIsDeclaredAndCodeForAllIsNone() {
        EventModel model =
                model(PER_PACKAGE, "shop.order.web.OrderController shop.payment.Payment shop.config.Beans shop.Shop");
        assertThat(model.contexts().names()).containsExactly("order", "payment");
        assertThat(contextOf(model, "shop.order.web.OrderController")).isEqualTo("order");
        assertThat(contextOf(model, "shop.config.Beans")).isEqualTo("(shared)");
        assertThat(contextOf(model, "shop.Shop")).isEqualTo("(none)");
        assertThat(model.contexts().guessed()).isEmpty();
    }

    @Test
    void layersAreNoContextsBesideFeatures() {
        EventModel model = model(PER_PACKAGE, "shop.order.Order shop.web.Pages shop.events.OrderPlaced");
        assertThat(model.contexts().names()).containsExactly("events", "order");
        assertThat(contextOf(model, "shop.web.Pages")).isEqualTo("(none)");
    }

    @Test
    void layersAloneAreOneContextEvenIfPackagesAreDeclared() {
        EventModel model = model(PER_PACKAGE, "shop.controller.Orders shop.service.Ordering");
        assertThat(model.contexts().names()).containsExactly("shop");
    }

    @Test
    void packagesAloneMarkNoContextAndTheDoubtIsTold() {
        EventModel model = model(SHOP, "shop.order.web.Orders shop.payment.Payment shop.web.Pages shop.config.Beans");
        assertThat(model.contexts().names()).containsExactly("shop");
        assertThat(contextOf(model, "shop.payment.Payment")).isEqualTo("shop");
        assertThat(contextOf(model, "shop.config.Beans")).isEqualTo("shop");
        assertThat(model.contexts().guessed())
                .containsOnly(entry("order", "shop.order"), entry("payment", "shop.payment"));
    }

    @Test
    void layersAloneAreOneContextWithoutADoubt() {
        EventModel model = model(
                SHOP,
                "shop.Shop shop.controller.Orders shop.service.Ordering shop.infrastructure.kafka.Listener"
                        + " shop.events.OrderPlaced shop.config.Beans shop.dataaccess.Rows shop.eventhandlers.Receiver");
        assertThat(model.contexts().names()).containsExactly("shop");
        assertThat(contextOf(model, "shop.infrastructure.kafka.Listener")).isEqualTo("shop");
        assertThat(contextOf(model, "shop.config.Beans")).isEqualTo("shop");
        assertThat(model.contexts().guessed()).isEmpty();
    }

    @Test
    void oneUnknownNameBesideLayersIsNoContext() {
        EventModel model = model(SHOP, "shop.domain.Order shop.web.Pages shop.feed.Listener");
        assertThat(model.contexts().names()).containsExactly("shop");
        assertThat(model.contexts().guessed()).isEmpty();
    }

    @Test
    void onePackageIsOneContext() {
        assertThat(model(SHOP, "shop.Orders shop.Listener").contexts().names()).containsExactly("shop");
    }

    @Test
    void codeForAllAloneIsNoContext() {
        assertThat(model(SHOP, "shop.config.Beans shop.util.Text").contexts().names())
                .isEmpty();
    }

    @Test
    void theFeaturesOfOneApplicationAreOneContext() {
        EventModel model =
                model(SHOP, Map.of("shop.Shop", APPLICATION), "shop.Shop shop.order.Order shop.payment.Payment");
        assertThat(model.contexts().names()).containsExactly("shop");
        assertThat(model.contexts().guessed()).containsOnlyKeys("order", "payment");
    }

    @Test
    void applicationsMarkContextsAndWhatLiesBesideTheirBootPackage() {
        EventModel model = model(
                SHOP,
                Map.of("shop.order.boot.OrderService", APPLICATION, "shop.payment.PaymentService", APPLICATION),
                "shop.order.boot.OrderService shop.order.domain.Order shop.payment.PaymentService shop.commons.Text");
        assertThat(model.contexts().names()).containsExactly("order", "payment");
        assertThat(contextOf(model, "shop.order.domain.Order")).isEqualTo("order");
        assertThat(contextOf(model, "shop.commons.Text")).isEqualTo("(shared)");
        assertThat(model.contexts().guessed()).isEmpty();
    }

    @Test
    void applicationsThatShareALayerAreNotWidenedToIt() {
        EventModel model = model(
                SHOP,
                Map.of("shop.service.order.A", APPLICATION, "shop.service.payment.B", APPLICATION),
                "shop.service.order.A shop.service.payment.B");
        assertThat(contextOf(model, "shop.service.order.A")).isEqualTo("order");
        assertThat(contextOf(model, "shop.service.payment.B")).isEqualTo("payment");
    }

    /** Such a package has no name of its own; the one above it has, unless there is none. */
    @Test
    void anApplicationThatLiesAboveOthersIsNamedAfterWhatIsAboveIt() {
        EventModel model = model(
                SHOP,
                Map.of("shop.boot.Shop", APPLICATION, "shop.order.OrderService", APPLICATION),
                "shop.boot.Shop shop.order.OrderService");
        assertThat(contextOf(model, "shop.boot.Shop")).isEqualTo("shop");
        assertThat(contextOf(model, "shop.order.OrderService")).isEqualTo("order");
    }

    @Test
    void anApplicationInAGenericPackageAtTheTopIsNamedAfterThat() {
        EventModel model = model(
                Architecture.of("boot", "order"),
                Map.of("boot.Shop", APPLICATION, "order.OrderService", APPLICATION),
                "boot.Shop order.OrderService");
        assertThat(contextOf(model, "boot.Shop")).isEqualTo("boot");
        assertThat(contextOf(model, "order.OrderService")).isEqualTo("order");
    }

    @Test
    void theSiblingsOfAModuleAreModules() {
        EventModel model = model(
                SHOP,
                Map.of("shop.lending.Module", MODULE),
                "shop.Library shop.lending.Module shop.catalog.Copy shop.process.Desk shop.common.Text");
        assertThat(model.contexts().names()).containsExactly("catalog", "lending", "process");
        assertThat(contextOf(model, "shop.common.Text")).isEqualTo("(shared)");
    }

    @Test
    void thePackagesOfAModulithAreModules() {
        EventModel model = model(
                SHOP,
                Map.of("shop.Library", "@org.springframework.modulith.Modulith "),
                "shop.Library shop.lending.Loan shop.catalog.Copy");
        assertThat(model.contexts().names()).containsExactly("catalog", "lending");
        assertThat(contextOf(model, "shop.Library")).isEqualTo("(none)");
    }

    @Test
    void buildModulesThatAreDeployedAreContexts() throws IOException {
        JavaClasses classes = modules("application.yml", "META-INF/microprofile-config.properties");
        EventModel model = EventModel.of(SHOP, classes);
        assertThat(model.contexts().names()).containsExactly("order", "payment");
        assertThat(contextOf(model, "shop.payment.domain.Payment")).isEqualTo("payment");
        assertThat(contextOf(model, "shop.contracts.OrderPlaced")).isEqualTo("(none)");
    }

    @Test
    void buildModulesOfOneApplicationAreOneContext() throws IOException {
        EventModel model = EventModel.of(SHOP, modules("application.yml", "README.txt"));
        assertThat(model.contexts().names()).containsExactly("shop");
        assertThat(model.contexts().guessed()).containsOnlyKeys("order", "payment");
    }

    /** Three directories of classes: orders with one file at its root, payments with another, and what both know. */
    private JavaClasses modules(String atOrders, String atPayments) throws IOException {
        List<Path> roots = new ArrayList<>();
        for (String types : List.of(
                "shop.order.web.Orders shop.order.domain.Order",
                "shop.payment.web.Payments shop.payment.domain.Payment",
                "shop.contracts.OrderPlaced")) {
            roots.add(fixture(Map.of(), types).compileTo(directory.resolve("module" + roots.size())));
        }
        for (Path file : List.of(roots.get(0).resolve(atOrders), roots.get(1).resolve(atPayments))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        return new ClassFileImporter().importPaths(roots);
    }

    @Test
    void whatIsDeclaredAsSharedBelongsToNoContext() {
        EventModel model = model(SHOP.shared("shop.outside"), "shop.Orders shop.service.Ordering shop.outside.Tool");
        assertThat(model.contexts().names()).containsExactly("shop");
        assertThat(contextOf(model, "shop.outside.Tool")).isEqualTo("(shared)");
        assertThat(contextOf(model, "shop.service.Ordering")).isEqualTo("shop");
    }

    @Test
    void whatIsDeclaredIsNotGuessed() {
        EventModel model = model(SHOP.context("sales", "shop.service"), "shop.service.Ordering shop.order.Order");
        assertThat(model.contexts().names()).containsExactly("sales");
        assertThat(contextOf(model, "shop.order.Order")).isEqualTo("(none)");
    }

    private static String contextOf(EventModel model, String type) {
        return model.project()
                .type(type)
                .map(found ->
                        model.contexts().of(found).orElse(model.contexts().isShared(found) ? "(shared)" : "(none)"))
                .orElseThrow();
    }

    private EventModel model(Architecture architecture, String types) {
        return model(architecture, Map.of(), types);
    }

    private EventModel model(Architecture architecture, Map<String, String> annotations, String types) {
        return EventModel.of(architecture, fixture(annotations, types).compile(directory));
    }

    private static Fixture fixture(Map<String, String> annotations, String types) {
        StringBuilder text = new StringBuilder();
        for (String type : types.split(" ")) {
            int dot = type.lastIndexOf('.');
            text.append("package ")
                    .append(type, 0, dot)
                    .append(";\n")
                    .append(annotations.getOrDefault(type, ""))
                    .append("public class ")
                    .append(type.substring(dot + 1))
                    .append(" {}\n");
        }
        return new Fixture(Path.of("contexts"), text.toString(), Idiom.SPRING_KAFKA);
    }
}
