package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.bytecode.Origin;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Publication;
import io.github.atleastonce.archrules.model.Reach;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for transactions made of several steps. */
public final class SagaRules {

    /** Steps so named only ask, so there is nothing to undo. */
    private static final Pattern READ_ONLY = Pattern.compile(
            "^(verify|validate|check|get|find|query|read|load|lookup|fetch|assert|ensure|is|has)([A-Z].*)?$");

    private SagaRules() {}

    private static final class Step {
        private final int line;
        private String action = "";
        private boolean compensated;

        private Step(int line) {
            this.line = line;
        }
    }

    /** What may have to be undone can be undone. */
    public static final Rule SAGA_STEPS_BEFORE_PIVOT_SHOULD_COMPENSATE = Rule.of(
            "saga_steps_before_pivot_should_compensate",
            Theme.SAGAS,
            Severity.ERROR,
            "if a later step fails, this step's change stays although the saga is rolled back.",
            "add a compensation, or name the step with readOnlySteps(…) if it changes nothing.",
            SagaRules::compensate);

    private static List<Violation> compensate(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (JavaClass type : model.project().classes()) {
            Set<String> actions = new TreeSet<>();
            for (JavaCodeUnit method : Members.codeUnitsOf(type)) {
                if (model.calls().effectsIn(method).stream().anyMatch(effect -> effect.role() == Role.SAGA_ACTION)) {
                    for (MethodCode body : model.code().bodiesOf(method)) {
                        List<Step> steps = steps(model, body);
                        steps.forEach(step -> actions.add(step.action));
                        uncompensated(model, type, steps)
                                .ifPresent(lines -> violations.add(Violation.of(
                                        Messages.place(model, method),
                                        lines.stream()
                                                .map(step -> Messages.line(
                                                        "step",
                                                        step.action,
                                                        Source.at(method, step.line) + "  without compensation"))
                                                .toList(),
                                        Messages.where(model, type))));
                    }
                }
            }
            unknownPivot(model, type, actions).ifPresent(violations::add);
        }
        return violations;
    }

    /** A pivot that is no step would end the saga before its first one, and nothing would have to compensate. */
    private static Optional<Violation> unknownPivot(EventModel model, JavaClass type, Set<String> actions) {
        return Optional.ofNullable(model.declared().pivots().get(type.getName()))
                .filter(pivot -> !actions.contains(pivot))
                .map(
                        pivot -> Violation.of(
                                        Messages.prefix(model, type) + type.getSimpleName() + " has no step " + pivot,
                                        List.of("named   in a pivot", "steps   " + String.join(", ", actions)),
                                        Messages.where(model, type))
                                .because(
                                        "before a pivot that is not there nothing has to compensate, so the rule would look at nothing."));
    }

    private static List<Step> steps(EventModel model, MethodCode body) {
        List<Step> steps = new ArrayList<>();
        Step current = null;
        for (Invocation call : body.calls()) {
            if (model.types().isCall(call.owner(), call.name(), Role.SAGA_STEP)) {
                current = new Step(call.line());
                steps.add(current);
            } else if (model.types().isCall(call.owner(), call.name(), Role.SAGA_ACTION)) {
                if (current == null || !current.action.isEmpty()) {
                    current = new Step(call.line());
                    steps.add(current);
                }
                current.action = action(call);
            } else if (model.types().isCall(call.owner(), call.name(), Role.SAGA_COMPENSATION) && current != null) {
                current.compensated = true;
            }
        }
        return steps;
    }

    private static String action(Invocation call) {
        String name = null;
        for (Origin argument : call.arguments()) {
            for (String handler : argument.handlers()) {
                name = handler.substring(handler.indexOf('#') + 1);
            }
            for (String text : argument.texts()) {
                name = name == null ? text : name;
            }
        }
        return name == null ? call.name() : name;
    }

    /**
     * The steps to blame. The saga can fail until its pivot, so all steps before need an undo. If no pivot is declared it
     * is taken to come after the last step that has one.
     */
    private static Optional<List<Step>> uncompensated(EventModel model, JavaClass type, List<Step> steps) {
        int end = -1;
        @Nullable String pivot = model.declared().pivots().get(type.getName());
        for (int i = 0; i < steps.size(); i++) {
            if (pivot == null ? steps.get(i).compensated : steps.get(i).action.equals(pivot)) {
                end = i;
            }
        }
        List<Step> bare = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            Step step = steps.get(i);
            if (!step.compensated
                    && !READ_ONLY.matcher(step.action).matches()
                    && !model.declared().isReadOnlyStep(step.action)) {
                bare.add(step);
            }
        }
        return bare.isEmpty() ? Optional.empty() : Optional.of(bare);
    }

    /** One handler for each command. */
    public static final Rule COMMANDS_SHOULD_HAVE_ONE_HANDLER = Rule.of(
            "commands_should_have_one_handler",
            Theme.SAGAS,
            Severity.WARN,
            "two handlers do the thing twice, or each half of it.",
            "keep one handler; tell the others by an event.",
            SagaRules::oneHandler);

    private static List<Violation> oneHandler(EventModel model) {
        Map<String, List<Consumption>> byCommand = new TreeMap<>();
        for (Consumption handler : model.consumptions()) {
            handler.types().stream()
                    .filter(name -> model.project()
                            .type(name)
                            .map(type -> EventRules.isConcreteCommand(model, type))
                            .orElse(false))
                    .forEach(name -> byCommand
                            .computeIfAbsent(name, key -> new ArrayList<>())
                            .add(handler));
        }
        List<Violation> violations = new ArrayList<>();
        byCommand.forEach((command, handlers) -> {
            if (handlers.stream()
                            .map(handler -> handler.method().getFullName())
                            .distinct()
                            .count()
                    > 1) {
                violations.add(Violation.of(
                        command.substring(command.lastIndexOf('.') + 1),
                        handlers.stream()
                                .map(handler -> "handled " + Messages.place(model, handler.method()))
                                .distinct()
                                .toList(),
                        Set.of(command)));
            }
        });
        return violations;
    }

    /** Commands come from orchestrators. */
    public static final Rule ONLY_ORCHESTRATORS_SHOULD_SEND_COMMANDS = Rule.of(
            "only_orchestrators_should_send_commands",
            Theme.SAGAS,
            Severity.WARN,
            "commands from everywhere make every context an orchestrator.",
            "publish an event, or let the saga send the command; name orchestrators with orchestrators(…).",
            SagaRules::onlyOrchestrators);

    private static List<Violation> onlyOrchestrators(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        Map<JavaClass, Publication> senders = new LinkedHashMap<>();
        for (Publication publication : model.publications()) {
            boolean command = publication.types().stream()
                    .anyMatch(name -> model.project()
                            .type(name)
                            .map(type -> EventRules.isConcreteCommand(model, type))
                            .orElse(false));
            if (command && !model.types().is(publication.method().getOwner(), Role.ORCHESTRATOR)) {
                senders.putIfAbsent(publication.method().getOwner(), publication);
            }
        }
        senders.forEach((type, publication) -> violations.add(Violation.of(
                Messages.place(model, publication.method()),
                List.of(Messages.line(
                        "sends",
                        String.join(
                                ", ",
                                publication.types().stream()
                                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                                        .toList()),
                        Source.at(publication.method(), publication.line()))),
                Messages.where(model, type))));
        return violations;
    }

    /** Participants do not know who conducts. */
    public static final Rule PARTICIPANTS_SHOULD_NOT_KNOW_ORCHESTRATOR = Rule.of(
            "participants_should_not_know_orchestrator",
            Theme.SAGAS,
            Severity.ERROR,
            "a participant that knows the saga can serve no other one.",
            "reply to the channel that the command names.",
            SagaRules::unknownOrchestrator);

    private static List<Violation> unknownOrchestrator(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        Set<JavaClass> participants = new java.util.LinkedHashSet<>();
        model.consumptions().stream()
                .filter(Consumption::isCommandHandler)
                .forEach(handler -> participants.add(handler.method().getOwner()));
        for (JavaClass participant : participants) {
            Set<String> lines = new TreeSet<>();
            for (JavaClass used : model.project().usesOf(participant)) {
                if (model.project().contains(used)
                        && model.types().is(used, Role.ORCHESTRATOR)
                        && !model.contexts().of(used).equals(model.contexts().of(participant))) {
                    lines.add("knows   " + used.getSimpleName() + " of " + Messages.context(model, used));
                }
            }
            if (!lines.isEmpty()) {
                violations.add(Violation.of(
                        Messages.prefix(model, participant) + participant.getSimpleName(),
                        List.copyOf(lines),
                        Messages.where(model, participant)));
            }
        }
        return violations;
    }

    /** A transaction stays in its context. */
    public static final Rule TRANSACTIONS_SHOULD_NOT_SPAN_CONTEXTS = Rule.of(
            "transactions_should_not_span_contexts",
            Theme.SAGAS,
            Severity.WARN,
            "two contexts that commit together can never live in two databases.",
            "commit in one context and let an event carry the change to the other.",
            SagaRules::transactionsInOneContext);

    private static List<Violation> transactionsInOneContext(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        Set<JavaCodeUnit> writing = model.walks().reaching(Role.WRITE);
        writing.stream()
                .filter(method -> model.types().isAnnotated(method, Role.TRANSACTION) && !method.isConstructor())
                .filter(method -> model.contexts().of(method.getOwner()).isPresent())
                .sorted(Members.ORDER)
                .forEach(method -> {
                    Reach reach = model.walks().from(method);
                    String own = Messages.context(model, method.getOwner());
                    List<Effect> writes = reach.effects(Role.WRITE);
                    writes.stream()
                            .filter(write -> model.contexts()
                                    .of(write.origin().getOwner())
                                    .filter(other -> !other.equals(own))
                                    .isPresent())
                            .findFirst()
                            .ifPresent(write -> violations.add(Violation.of(
                                    own + " → "
                                            + Messages.prefix(
                                                    model, write.origin().getOwner())
                                            + reach.describePathTo(write.origin()),
                                    List.of(Messages.effect("writes", write)),
                                    Messages.where(model, reach.pathTo(write.origin())))));
                });
        return violations;
    }
}
