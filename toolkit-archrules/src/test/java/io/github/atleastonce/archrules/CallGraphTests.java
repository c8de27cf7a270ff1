package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.model.EventModel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ArchUnit keeps no order of calls; with so many of them it is not the right one by chance. */
class CallGraphTests {

    private static final List<String> NAMES =
            IntStream.range(10, 60).mapToObj(i -> "m" + i).toList();

    @Test
    void callsAreSortedWhenFirstAskedForAndAfterwards(@TempDir Path directory) {
        EventModel model = model(directory);
        JavaCodeUnit all = method(model, "all");
        assertSortedEachTime(() -> model.calls().callsFrom(all));
    }

    @Test
    void callersAreSortedWhenFirstAskedForAndAfterwards(@TempDir Path directory) {
        EventModel model = model(directory);
        JavaCodeUnit sink = method(model, "sink");
        assertSortedEachTime(() -> model.calls().callersOf(sink));
    }

    private static void assertSortedEachTime(Supplier<List<JavaCodeUnit>> asked) {
        for (int time = 0; time < 2; time++) {
            assertThat(asked.get()).extracting(JavaMember::getName).isEqualTo(NAMES);
        }
    }

    private static EventModel model(Path directory) {
        String methods =
                NAMES.stream().map(name -> "void " + name + "() { sink(); }").collect(Collectors.joining("\n"));
        String calls = NAMES.stream().map(name -> name + "();").collect(Collectors.joining("\n"));
        Path classes =
                new Fixture(Path.of("calls"), """
                        package shop;
                        class Calls {
                            void all() { %s }
                            %s
                            void sink() {}
                        }
                        """.formatted(calls, methods), Idiom.SPRING_KAFKA).compileTo(directory);
        return EventModel.of(Architecture.of("shop"), new ClassFileImporter().importPath(classes));
    }

    private static JavaCodeUnit method(EventModel model, String name) {
        return model.project().type("shop.Calls").orElseThrow().getMethod(name);
    }
}
