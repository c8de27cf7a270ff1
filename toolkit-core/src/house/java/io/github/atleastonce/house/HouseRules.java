package io.github.atleastonce.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** Turns a floor plan into rules by name; rooms that are not built yet satisfy them. */
public final class HouseRules {

    private static final Pattern DRAWER = Pattern.compile("(Abstract|Common)\\p{Upper}.*|.*(Utils?|Helpers?)");

    private static final DescribedPredicate<JavaClass> MUTABLE_HOLDER = describe(
            "hold changing state",
            type -> type.getPackageName().equals("java.util.concurrent.atomic")
                    || type.isAssignableTo(ThreadLocal.class)
                    || type.isAssignableTo(ConcurrentMap.class));

    private final Rooms rooms;

    private HouseRules(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Imports what the present module compiled, without its tests and its dependencies. */
    public static JavaClasses mainClasses() {
        return new ClassFileImporter().importPath(Path.of("target", "classes"));
    }

    /** Returns the rules for a plan, in a stable order. */
    public static Map<String, ArchRule> of(Rooms rooms) {
        HouseRules house = new HouseRules(rooms);
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("every package is on the plan", house.everyPackageIsOnThePlan());
        rooms.names()
                .forEach(room ->
                        rules.put(rooms.packageOf(room) + " uses only its rooms", house.usesOnlyItsRooms(room)));
        rules.put("rooms form no cycles", house.noCycles());
        rooms.jdkOnly()
                .forEach(room -> rules.put(rooms.packageOf(room) + " uses the JDK only", house.usesJdkOnly(room)));
        rooms.libraries().forEach((prefix, in) -> rules.put(prefix + " stays in its rooms", house.staysIn(prefix, in)));
        rules.put("deterministic rooms have no clock and no chance", house.noClockAndNoChance());
        rules.put("public classes are final", house.publicClassesAreFinal());
        rules.put("no drawers", house.noDrawers());
        rules.put("no static mutable state", house.noStaticMutableState());
        rules.put("every package is @NullMarked", house.everyPackageIsNullMarked());
        rules.put("nothing prints", house.nothingPrints());
        return rules;
    }

    private ArchRule everyPackageIsOnThePlan() {
        String[] packages = rooms.names().stream().map(rooms::packageOf).toArray(String[]::new);
        return classes()
                .should()
                .resideInAnyPackage(packages)
                .because("a new room is a decision: put it on the plan, with the rooms it may use");
    }

    private ArchRule usesOnlyItsRooms(String room) {
        var usable = rooms.packagesUsableBy(room);
        return classes()
                .that()
                .resideInAPackage(rooms.packageOf(room))
                .should()
                .onlyDependOnClassesThat(describe(
                        "are outside of the house or in " + usable,
                        used -> isOutside(used) || usable.contains(used.getPackageName())))
                .allowEmptyShould(true);
    }

    private boolean isOutside(JavaClass used) {
        String name = used.getBaseComponentType().getPackageName();
        return !name.equals(rooms.root()) && !name.startsWith(rooms.root() + ".");
    }

    private ArchRule noCycles() {
        return slices().matching(rooms.root() + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    private ArchRule usesJdkOnly(String room) {
        return noClasses()
                .that()
                .resideInAPackage(rooms.packageOf(room))
                .should()
                .dependOnClassesThat(describe(
                        "are in a library",
                        used -> isOutside(used) && !used.isPrimitive() && !isJdk(used.getBaseComponentType())))
                .allowEmptyShould(true);
    }

    private static boolean isJdk(JavaClass used) {
        String name = used.getPackageName();
        return used.isPrimitive()
                || name.startsWith("java.")
                || name.equals("org.jspecify.annotations")
                || name.equals("org.apiguardian.api");
    }

    private ArchRule staysIn(String prefix, List<String> in) {
        String[] allowed = in.stream().map(rooms::packageOf).toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(prefix + "..")
                .because("the other rooms must work without it")
                .allowEmptyShould(true);
    }

    private ArchRule noClockAndNoChance() {
        String[] packages = rooms.deterministic().stream().map(rooms::packageOf).toArray(String[]::new);
        return noClasses()
                .that(resideInAnyPackage(packages))
                .should(Determinism.readClockOrChance())
                .because("equal schedules must run equally")
                .allowEmptyShould(true);
    }

    private ArchRule publicClassesAreFinal() {
        return classes()
                .that()
                .arePublic()
                .and(describe("are open to subclassing", HouseRules::isOpen))
                .should(beNamedExtensionPoints())
                .because("what is open once stays open for ever")
                .allowEmptyShould(true);
    }

    private static boolean isOpen(JavaClass type) {
        return !type.isInterface()
                && !type.isEnum()
                && !type.getModifiers().contains(JavaModifier.FINAL)
                && !type.reflect().isSealed();
    }

    private ArchCondition<JavaClass> beNamedExtensionPoints() {
        return new ArchCondition<>("be final, sealed, or named as extension points") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean named = rooms.extensionPoints().contains(type.getName());
                events.add(new SimpleConditionEvent(type, named, type.getName() + " is public and open"));
            }
        };
    }

    private ArchRule noDrawers() {
        return noClasses()
                .should()
                .haveNameMatching(".*[.$](" + DRAWER.pattern() + ")")
                .because("a type is named for its one job");
    }

    private ArchRule noStaticMutableState() {
        return fields().that()
                .areStatic()
                .should()
                .beFinal()
                .andShould()
                .notHaveRawType(MUTABLE_HOLDER)
                .because("static state outlives the run that wrote it")
                .allowEmptyShould(true);
    }

    private ArchRule everyPackageIsNullMarked() {
        return classes().should(new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .isPresent();
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " has no package-info with @NullMarked"));
            }
        });
    }

    private ArchRule nothingPrints() {
        return noClasses()
                .that(describe("print by no decision", type -> !rooms.printers().contains(type.getName())))
                .should(ACCESS_STANDARD_STREAMS)
                .because("output belongs to whoever called, unless the plan names the one place that prints");
    }
}
