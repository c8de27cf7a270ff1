package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.atleastonce.archrules.knowledge.Knowledge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Declares the architecture of events: the contexts and what the defaults cannot guess.
 *
 * <p>{@code Architecture.of("com.acme.shop")} is enough for a service that is one context, and where contexts are marked: by an
 * annotation ({@code @BoundedContext}, a module of Spring Modulith), by an application of their own, or by a build module that is
 * deployed by itself. Everywhere else the base is one context until {@link #context} or {@link #contextPerPackage} says more.
 * Each method returns a changed copy.
 *
 * <p>Immutable and thread-safe.
 */
public final class Architecture {

    /** How many event types of another context a context may know if nothing else is said. */
    public static final int DEFAULT_BUDGET = 7;

    private final Declarations declared;

    private Architecture(Declarations declared) {
        this.declared = declared;
    }

    /**
     * Declares an architecture whose contexts are found below the base packages.
     *
     * @param basePackages where the project's own code is
     * @return the declaration
     * @throws IllegalArgumentException if no base package is given
     */
    public static Architecture of(String... basePackages) {
        if (basePackages.length == 0 || Arrays.stream(basePackages).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "Architecture.of wants at least one base package, for example \"com.acme.shop\".");
        }
        return new Architecture(new Declarations(List.of(basePackages)));
    }

    /**
     * Declares an architecture whose base package is to be found in what is imported: that of the class annotated
     * {@code @SpringBootApplication}, or what the packages of several have in common, or else the longest package that all classes
     * have in common.
     *
     * @return the declaration, for checks that are given the classes
     */
    public static Architecture discovered() {
        return new Architecture(new Declarations(List.of()));
    }

    /**
     * Names a context and its packages, subpackages included. As soon as one is named none is discovered any more.
     *
     * @param name what the context is called in messages
     * @param packages its packages; without any, the package of that name below each base
     * @return the changed declaration
     * @throws IllegalArgumentException if no package is given, and the base is still to be found
     */
    public Architecture context(String name, String... packages) {
        if (packages.length == 0 && declared.isToBeFound()) {
            throw new IllegalArgumentException("context(\"" + name
                    + "\") wants its packages, since the base package is still to be found: context(\"" + name
                    + "\", \"com.acme.shop." + name + "\").");
        }
        List<String> where = packages.length > 0
                ? List.of(packages)
                : declared.bases().stream().map(base -> base + "." + name).toList();
        return with(copy -> copy.contexts = put(copy.contexts, name, where));
    }

    /**
     * Declares that each package directly below the base is a context, called by the package's name. Left out are those with the
     * usual names of shared code, such as {@code common} and {@code config}, and of layers, such as {@code web} and
     * {@code service}. What {@link #context} names stands instead.
     *
     * @return the changed declaration
     */
    public Architecture contextPerPackage() {
        return with(copy -> copy.contextPerPackage = true);
    }

    /**
     * Names packages that belong to no context and that all contexts may use.
     *
     * @param packages the packages, subpackages included
     * @return the changed declaration
     */
    public Architecture shared(String... packages) {
        return with(copy -> copy.shared = plus(copy.shared, packages));
    }

    /**
     * Says which types are contracts, that is, may be used by other contexts.
     *
     * @param types qualified names, {@code *} standing for any characters
     * @return the changed declaration
     */
    public Architecture contracts(String... types) {
        return role("contract", types);
    }

    /**
     * Says which types are events, beside those that are seen to be published or consumed.
     *
     * @param types qualified names, {@code *} standing for any characters
     * @return the changed declaration
     */
    public Architecture events(String... types) {
        return role("event", types);
    }

    /**
     * Says which types are commands.
     *
     * @param types qualified names, {@code *} standing for any characters
     * @return the changed declaration
     */
    public Architecture commands(String... types) {
        return role("command", types);
    }

    /**
     * Says which types orchestrate sagas.
     *
     * @param types qualified names, {@code *} standing for any characters
     * @return the changed declaration
     */
    public Architecture orchestrators(String... types) {
        return role("orchestrator", types);
    }

    /**
     * Adds facts about frameworks, in the form that {@link Knowledge} describes.
     *
     * @param facts one fact each
     * @return the changed declaration
     * @throws IllegalArgumentException if a fact cannot be read
     */
    public Architecture knowing(String... facts) {
        return with(copy -> copy.knowledge = copy.knowledge.plus(facts));
    }

    /**
     * Declares that contexts listen to each other on purpose, as the participants of a choreographed saga do.
     *
     * @param names the contexts of the cycle
     * @return the changed declaration
     */
    public Architecture feedback(String... names) {
        return with(copy -> {
            Set<Set<String>> all = new HashSet<>(copy.feedback);
            all.add(new TreeSet<>(List.of(names)));
            copy.feedback = all;
        });
    }

    /**
     * Limits how many event types of one context another may know.
     *
     * @param consumer the context that knows
     * @param publisher the context whose events they are
     * @param eventTypes the limit, 0 or more
     * @return the changed declaration
     */
    public Architecture budget(String consumer, String publisher, int eventTypes) {
        return with(copy ->
                copy.budgets = put(copy.budgets, new Pair(consumer, publisher), atLeastZero("budget", eventTypes)));
    }

    /**
     * Limits how many event types of one context another may know where no budget of the pair is declared.
     *
     * @param eventTypes the limit, 0 or more
     * @return the changed declaration
     */
    public Architecture defaultBudget(int eventTypes) {
        return with(copy -> copy.defaultBudget = atLeastZero("defaultBudget", eventTypes));
    }

    /**
     * Limits how many synchronous calls may follow one another from context to context.
     *
     * @param calls the limit, 0 or more
     * @return the changed declaration
     */
    public Architecture synchronousChainBudget(int calls) {
        return with(copy -> copy.syncBudget = atLeastZero("synchronousChainBudget", calls));
    }

    /**
     * Permits handlers to call remote clients.
     *
     * @param types qualified names of the client types or of the project's types that call them
     * @return the changed declaration
     */
    public Architecture allowRemote(String... types) {
        return with(copy -> copy.allowedRemotes = plus(copy.allowedRemotes, types));
    }

    /**
     * Says which context a remote client calls.
     *
     * @param clientType the qualified name of the client
     * @param context the context it calls
     * @return the changed declaration
     */
    public Architecture remoteClient(String clientType, String context) {
        return with(copy -> copy.remoteClients = put(copy.remoteClients, clientType, context));
    }

    /**
     * Names the step of a saga after which it can only go forward.
     *
     * @param saga the qualified name of the class that defines the saga
     * @param step the name of the method that the step invokes
     * @return the changed declaration
     */
    public Architecture pivot(String saga, String step) {
        return with(copy -> copy.pivots = put(copy.pivots, saga, step));
    }

    /**
     * Names saga steps that change nothing and so need no compensation.
     *
     * @param steps the names of the methods that the steps invoke
     * @return the changed declaration
     */
    public Architecture readOnlySteps(String... steps) {
        return with(copy -> copy.readOnlySteps = plus(copy.readOnlySteps, steps));
    }

    /**
     * Permits event contracts to use libraries.
     *
     * @param packages the packages, subpackages included
     * @return the changed declaration
     */
    public Architecture contractLibraries(String... packages) {
        return with(copy -> copy.contractLibraries = plus(copy.contractLibraries, packages));
    }

    /**
     * Says what an event is called outside of the code, where Jackson's annotations do not say it or say it wrongly.
     *
     * @param type the qualified name of the event type
     * @param name its wire name
     * @return the changed declaration
     */
    public Architecture wireName(String type, String name) {
        return with(copy -> copy.wireNames = put(copy.wireNames, type, name));
    }

    /**
     * Says where the accepted shapes of the events are stored. All readers must go on understanding: {@link Compatibility#FULL}.
     *
     * @param file a text file under version control, usually below {@code src/test/resources}
     * @return the changed declaration
     */
    public Architecture contractBaseline(Path file) {
        return contractBaseline(file, Compatibility.FULL);
    }

    /**
     * Says where the accepted shapes of the events are stored, and which readers must go on understanding when one changes.
     *
     * @param file a text file under version control, usually below {@code src/test/resources}
     * @param wanted what the schema registry is set to, if there is one
     * @return the changed declaration
     */
    public Architecture contractBaseline(Path file, Compatibility wanted) {
        return with(copy -> {
            copy.contractBaseline = file;
            copy.contractCompatibility = wanted;
        });
    }

    /**
     * Adds the records in Avro schema files to the event contracts; generated classes and schemas that are constants of the code
     * are found without it. Avro must be on the class path.
     *
     * @param directory a directory with {@code .avsc} files, subdirectories included
     * @return the changed declaration
     */
    public Architecture avroSchemas(Path directory) {
        return with(copy -> {
            List<Path> all = new ArrayList<>(copy.avroSchemas);
            all.add(directory);
            copy.avroSchemas = List.copyOf(all);
        });
    }

    /**
     * Exempts a place from a rule, for a reason. An exemption that fits no violation fails the rule.
     *
     * @param rule the id of the rule
     * @param where a qualified class name, a context, or a pair written {@code "payment → order"}
     * @param because the reason
     * @return the changed declaration
     * @throws IllegalArgumentException if one of the three is blank
     */
    public Architecture except(String rule, String where, String because) {
        return with(copy -> {
            List<Exemption> all = new ArrayList<>(copy.exemptions);
            all.add(new Exemption(rule, where, because));
            copy.exemptions = List.copyOf(all);
        });
    }

    /**
     * Exempts a class from a rule, for a reason. An exemption that fits no violation fails the rule.
     *
     * @param rule the id of the rule
     * @param where the class
     * @param because the reason
     * @return the changed declaration
     * @throws IllegalArgumentException if the rule or the reason is blank
     */
    public Architecture except(String rule, Class<?> where, String because) {
        return except(rule, where.getName(), because);
    }

    /**
     * Imports the project's compiled classes from the class path, tests left out.
     *
     * @return the classes
     * @throws IllegalStateException if the base package is still to be found, which takes the classes
     */
    public JavaClasses importClasses() {
        if (declared.isToBeFound()) {
            throw new IllegalStateException(
                    "Architecture.discovered() wants the imported classes; give them to run(classes) or archRule(…), or name the"
                            + " base package with Architecture.of(…).");
        }
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(declared.bases());
    }

    /**
     * Returns what was declared.
     *
     * @return all of it, for rules to read
     */
    public Declarations declared() {
        return declared;
    }

    private Architecture role(String role, String... types) {
        return knowing(Arrays.stream(types).map(type -> role + " " + type).toArray(String[]::new));
    }

    private Architecture with(Consumer<Declarations> change) {
        return new Architecture(declared.with(change));
    }

    private static int atLeastZero(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " wants 0 or more, but got " + value + ".");
        }
        return value;
    }

    private static <K extends Comparable<K>, V> Map<K, V> put(Map<K, V> map, K key, V value) {
        Map<K, V> copy = new TreeMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static Set<String> plus(Set<String> set, String... more) {
        Set<String> copy = new TreeSet<>(set);
        copy.addAll(List.of(more));
        return copy;
    }
}
