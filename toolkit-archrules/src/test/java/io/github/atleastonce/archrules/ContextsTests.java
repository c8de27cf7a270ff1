package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.model.EventModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which contexts are found where nothing but the base package is declared. */
class ContextsTests {

    private static final Architecture SHOP = Architecture.of("shop");

    @TempDir
    Path directory;

    @Test
    void featuresAreContextsAndCodeForAllIsNone() {
        EventModel model =
                model(SHOP, "shop.order.web.OrderController shop.payment.Payment shop.config.Beans shop.Shop");
        assertThat(model.contexts().names()).containsExactly("order", "payment");
        assertThat(contextOf(model, "shop.order.web.OrderController")).isEqualTo("order");
        assertThat(contextOf(model, "shop.config.Beans")).isEqualTo("(shared)");
        assertThat(contextOf(model, "shop.Shop")).isEqualTo("(none)");
    }

    @Test
    void layersAreNoContextsBesideFeatures() {
        EventModel model = model(SHOP, "shop.order.Order shop.web.Pages shop.events.OrderPlaced");
        assertThat(model.contexts().names()).containsExactly("events", "order");
        assertThat(contextOf(model, "shop.web.Pages")).isEqualTo("(none)");
    }

    @Test
    void layersAloneAreOneContext() {
        EventModel model = model(
                SHOP,
                "shop.Shop shop.controller.Orders shop.service.Ordering shop.infrastructure.kafka.Listener"
                        + " shop.events.OrderPlaced shop.config.Beans");
        assertThat(model.contexts().names()).containsExactly("shop");
        assertThat(contextOf(model, "shop.infrastructure.kafka.Listener")).isEqualTo("shop");
        assertThat(contextOf(model, "shop.config.Beans")).isEqualTo("shop");
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
        StringBuilder text = new StringBuilder();
        for (String type : types.split(" ")) {
            int dot = type.lastIndexOf('.');
            text.append("package ")
                    .append(type, 0, dot)
                    .append(";\npublic class ")
                    .append(type.substring(dot + 1))
                    .append(" {}\n");
        }
        return EventModel.of(
                architecture, new Fixture(Path.of("contexts"), text.toString(), Idiom.SPRING_KAFKA).compile(directory));
    }
}
