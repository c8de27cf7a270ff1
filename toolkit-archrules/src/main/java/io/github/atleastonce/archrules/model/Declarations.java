package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.archrules.knowledge.Knowledge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a team declared, as rules read it; {@link Architecture} is how it is said.
 *
 * <p>Immutable and thread-safe.
 */
public final class Declarations {

    List<String> bases;
    Map<String, List<String>> contexts = Map.of();
    boolean contextPerPackage;
    Set<String> shared = Set.of();
    Set<Set<String>> feedback = Set.of();
    Map<Pair, Integer> budgets = Map.of();
    int defaultBudget = Architecture.DEFAULT_BUDGET;
    int syncBudget = 2;
    Set<String> allowedRemotes = Set.of();
    Map<String, String> remoteClients = Map.of();
    Map<String, String> pivots = Map.of();
    Set<String> readOnlySteps = Set.of();
    Set<String> contractLibraries = Set.of();
    Map<String, String> wireNames = Map.of();
    List<Exemption> exemptions = List.of();

    @Nullable
    Path contractBaseline;

    Compatibility contractCompatibility = Compatibility.FULL;
    List<Path> avroSchemas = List.of();
    Knowledge knowledge;

    Declarations(List<String> bases) {
        this.bases = bases;
        this.knowledge = Knowledge.standard();
    }

    private Declarations(Declarations other) {
        bases = other.bases;
        contexts = other.contexts;
        contextPerPackage = other.contextPerPackage;
        shared = other.shared;
        feedback = other.feedback;
        budgets = other.budgets;
        defaultBudget = other.defaultBudget;
        syncBudget = other.syncBudget;
        allowedRemotes = other.allowedRemotes;
        remoteClients = other.remoteClients;
        pivots = other.pivots;
        readOnlySteps = other.readOnlySteps;
        contractLibraries = other.contractLibraries;
        wireNames = other.wireNames;
        exemptions = other.exemptions;
        contractBaseline = other.contractBaseline;
        contractCompatibility = other.contractCompatibility;
        avroSchemas = other.avroSchemas;
        knowledge = other.knowledge;
    }

    /** Changes a copy before anybody sees it. */
    Declarations with(Consumer<Declarations> change) {
        Declarations copy = new Declarations(this);
        change.accept(copy);
        return copy;
    }

    /** Whether the base package is what the imported classes say. */
    boolean isToBeFound() {
        return bases.isEmpty();
    }

    /** With the base package that was declared, or is found. */
    Declarations in(JavaClasses classes) {
        return isToBeFound() ? with(copy -> copy.bases = List.of(BasePackage.of(classes))) : this;
    }

    /**
     * Returns the base packages.
     *
     * @return the packages, as declared or found; none where they are still to be found
     */
    public List<String> bases() {
        return bases;
    }

    /**
     * Returns the exemptions.
     *
     * @return all, in the order of their declaration
     */
    public List<Exemption> exemptions() {
        return exemptions;
    }

    /**
     * Returns where the accepted shapes of the events are stored.
     *
     * @return the file, or null if none was named
     */
    public @Nullable Path contractBaseline() {
        return contractBaseline;
    }

    /**
     * Returns which readers must go on understanding when an event's contract changes.
     *
     * @return as declared
     */
    public Compatibility contractCompatibility() {
        return contractCompatibility;
    }

    /**
     * Returns the directories with Avro schema files.
     *
     * @return the directories, as declared
     */
    public List<Path> avroSchemas() {
        return avroSchemas;
    }

    /**
     * Returns how many event types of {@code pair.to()} the context {@code pair.from()} may know.
     *
     * @param pair the two contexts
     * @return the declared budget of the pair, or the default one
     */
    public int budget(Pair pair) {
        return budgets.getOrDefault(pair, defaultBudget);
    }

    /**
     * Tells whether the pair has a budget of its own.
     *
     * @param pair the two contexts
     * @return whether {@link Architecture#budget} named it
     */
    public boolean hasBudget(Pair pair) {
        return budgets.containsKey(pair);
    }

    /**
     * Returns how many synchronous calls may follow one another.
     *
     * @return the limit
     */
    public int synchronousChainBudget() {
        return syncBudget;
    }

    /**
     * Tells whether a cycle was declared.
     *
     * @param names the contexts of the cycle
     * @return whether one declared feedback names them all
     */
    public boolean isDeclaredFeedback(Set<String> names) {
        return feedback.stream().anyMatch(declared -> declared.containsAll(names));
    }

    /**
     * Tells whether handlers may use a remote client.
     *
     * @param type the qualified name of the client, or of the type that calls it
     * @return whether it was permitted
     */
    public boolean isRemoteAllowed(String type) {
        return allowedRemotes.contains(type);
    }

    /**
     * Tells whether event contracts may use a library's type.
     *
     * @param type a qualified name
     * @return whether its package was permitted
     */
    public boolean isContractLibrary(String type) {
        return contractLibraries.stream().anyMatch(library -> type.startsWith(library + "."));
    }

    /**
     * Returns the declared pivots.
     *
     * @return step by saga
     */
    public Map<String, String> pivots() {
        return Map.copyOf(pivots);
    }

    /**
     * Tells whether a saga step was said to change nothing.
     *
     * @param step the name of the method it invokes
     * @return whether it was
     */
    public boolean isReadOnlyStep(String step) {
        return readOnlySteps.contains(step);
    }

    /**
     * Returns the contexts that budgets, feedback and remote clients name.
     *
     * @return the names, sorted
     */
    public Set<String> namedContexts() {
        Set<String> names = new TreeSet<>(remoteClients.values());
        budgets.keySet().forEach(pair -> names.addAll(List.of(pair.from(), pair.to())));
        feedback.forEach(names::addAll);
        return names;
    }

    /**
     * Returns the project's own types that pivots and wire names name.
     *
     * @return the qualified names, sorted
     */
    public Set<String> namedTypes() {
        Set<String> names = new TreeSet<>(pivots.keySet());
        names.addAll(wireNames.keySet());
        return names;
    }

    Map<String, List<String>> contexts() {
        return contexts;
    }

    Set<String> shared() {
        return shared;
    }

    Map<String, String> remoteClients() {
        return remoteClients;
    }

    Map<String, String> wireNames() {
        return wireNames;
    }

    /**
     * Returns what is known of frameworks.
     *
     * @return the standard knowledge and what was added to it
     */
    public Knowledge knowledge() {
        return knowledge;
    }
}
