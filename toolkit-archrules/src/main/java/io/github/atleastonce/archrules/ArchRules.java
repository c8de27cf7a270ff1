package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.Rules;

/**
 * The catalogue as plain {@code ArchRule} constants, for a project whose contexts need no declaration.
 *
 * <p>The base package is that of the class annotated {@code @SpringBootApplication}, or else the longest package that all
 * classes have in common. Use {@code @ArchTest static final ArchTests rules = ArchTests.in(ArchRules.class)} for all, or
 * {@link ArchitectureCheck#archRule} where something is declared. All constants share one model of an import.
 */
public final class ArchRules {

    private static final Reports DISCOVERED = new Reports(ArchRules::check);

    /** The declaration and the code speak of the same thing; part of every check. */
    public static final ArchRule ARCHITECTURE_SHOULD_MATCH_CODE = rule(Rules.ARCHITECTURE_SHOULD_MATCH_CODE);

    /** Events do not change once they are made. */
    public static final ArchRule EVENTS_SHOULD_BE_IMMUTABLE = rule(Rules.EVENTS_SHOULD_BE_IMMUTABLE);

    /** An event's name says what has happened. */
    public static final ArchRule EVENTS_SHOULD_BE_NAMED_IN_PAST_TENSE =
            rule(Rules.EVENTS_SHOULD_BE_NAMED_IN_PAST_TENSE);

    /** A command's name says what to do. */
    public static final ArchRule COMMANDS_SHOULD_BE_IMPERATIVE = rule(Rules.COMMANDS_SHOULD_BE_IMPERATIVE);

    /** Each event can be told apart and placed in time. */
    public static final ArchRule EVENTS_SHOULD_CARRY_ID_AND_TIME = rule(Rules.EVENTS_SHOULD_CARRY_ID_AND_TIME);

    /** Entities stay inside. */
    public static final ArchRule EVENTS_SHOULD_NOT_EXPOSE_ENTITIES = rule(Rules.EVENTS_SHOULD_NOT_EXPOSE_ENTITIES);

    /** Contracts do not force libraries on consumers. */
    public static final ArchRule EVENT_CONTRACTS_SHOULD_BE_FRAMEWORK_FREE =
            rule(Rules.EVENT_CONTRACTS_SHOULD_BE_FRAMEWORK_FREE);

    /** Contexts use of each other only what is meant to be used. */
    public static final ArchRule CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS =
            rule(Rules.CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS);

    /** Contracts stand on contracts. */
    public static final ArchRule CONTRACTS_SHOULD_NOT_DEPEND_ON_INTERNALS =
            rule(Rules.CONTRACTS_SHOULD_NOT_DEPEND_ON_INTERNALS);

    /** Events stay readable for those who know them. */
    public static final ArchRule EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE =
            rule(Rules.EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE);

    /** A context knows only a few events of another. */
    public static final ArchRule FOREIGN_EVENTS_WITHIN_BUDGET = rule(Rules.FOREIGN_EVENTS_WITHIN_BUDGET);

    /** Contexts that listen to each other say so. */
    public static final ArchRule SUBSCRIPTION_CYCLES_SHOULD_BE_DECLARED =
            rule(Rules.SUBSCRIPTION_CYCLES_SHOULD_BE_DECLARED);

    /** One context speaks for each event. */
    public static final ArchRule EVENTS_SHOULD_HAVE_ONE_PUBLISHING_CONTEXT =
            rule(Rules.EVENTS_SHOULD_HAVE_ONE_PUBLISHING_CONTEXT);

    /** One context writes to each topic. */
    public static final ArchRule TOPICS_SHOULD_HAVE_ONE_OWNER = rule(Rules.TOPICS_SHOULD_HAVE_ONE_OWNER);

    /** Contexts do not wait for each other. */
    public static final ArchRule CONTEXTS_SHOULD_NOT_CALL_EACH_OTHER_SYNCHRONOUSLY =
            rule(Rules.CONTEXTS_SHOULD_NOT_CALL_EACH_OTHER_SYNCHRONOUSLY);

    /** Chains of synchronous calls stay short. */
    public static final ArchRule SYNC_CHAIN_WITHIN_BUDGET = rule(Rules.SYNC_CHAIN_WITHIN_BUDGET);

    /** An entity belongs to one context. */
    public static final ArchRule CONTEXTS_SHOULD_NOT_SHARE_ENTITIES = rule(Rules.CONTEXTS_SHOULD_NOT_SHARE_ENTITIES);

    /** A table belongs to one context. */
    public static final ArchRule CONTEXTS_SHOULD_NOT_SHARE_TABLES = rule(Rules.CONTEXTS_SHOULD_NOT_SHARE_TABLES);

    /** A repository belongs to one context. */
    public static final ArchRule CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES =
            rule(Rules.CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES);

    /** The domain model is free of messaging. */
    public static final ArchRule DOMAIN_SHOULD_NOT_KNOW_MESSAGING = rule(Rules.DOMAIN_SHOULD_NOT_KNOW_MESSAGING);

    /** State and its event leave together. */
    public static final ArchRule WRITES_AND_SENDS_SHOULD_USE_OUTBOX = rule(Rules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX);

    /** A transaction does not send. */
    public static final ArchRule TRANSACTIONS_SHOULD_NOT_SEND_TO_BROKER =
            rule(Rules.TRANSACTIONS_SHOULD_NOT_SEND_TO_BROKER);

    /** After the commit is too late to be sure. */
    public static final ArchRule AFTER_COMMIT_SHOULD_NOT_BE_SOLE_PUBLISHER =
            rule(Rules.AFTER_COMMIT_SHOULD_NOT_BE_SOLE_PUBLISHER);

    /** Handlers say what they take. */
    public static final ArchRule HANDLERS_SHOULD_RECEIVE_TYPED_EVENTS =
            rule(Rules.HANDLERS_SHOULD_RECEIVE_TYPED_EVENTS);

    /** The same message twice does no harm. */
    public static final ArchRule CONSUMERS_SHOULD_DEDUPLICATE = rule(Rules.CONSUMERS_SHOULD_DEDUPLICATE);

    /** A handler's writes stand or fall together. */
    public static final ArchRule HANDLERS_SHOULD_WRITE_IN_ONE_TRANSACTION =
            rule(Rules.HANDLERS_SHOULD_WRITE_IN_ONE_TRANSACTION);

    /** Handling a message needs no other service. */
    public static final ArchRule HANDLERS_SHOULD_NOT_CALL_REMOTES = rule(Rules.HANDLERS_SHOULD_NOT_CALL_REMOTES);

    /** Listeners do not wait. */
    public static final ArchRule LISTENERS_SHOULD_NOT_BLOCK = rule(Rules.LISTENERS_SHOULD_NOT_BLOCK);

    /** What goes wrong is not forgotten. */
    public static final ArchRule LISTENERS_SHOULD_NOT_SWALLOW_EXCEPTIONS =
            rule(Rules.LISTENERS_SHOULD_NOT_SWALLOW_EXCEPTIONS);

    /** One handler for each command. */
    public static final ArchRule COMMANDS_SHOULD_HAVE_ONE_HANDLER = rule(Rules.COMMANDS_SHOULD_HAVE_ONE_HANDLER);

    /** Commands come from orchestrators. */
    public static final ArchRule ONLY_ORCHESTRATORS_SHOULD_SEND_COMMANDS =
            rule(Rules.ONLY_ORCHESTRATORS_SHOULD_SEND_COMMANDS);

    /** Participants do not know who conducts. */
    public static final ArchRule PARTICIPANTS_SHOULD_NOT_KNOW_ORCHESTRATOR =
            rule(Rules.PARTICIPANTS_SHOULD_NOT_KNOW_ORCHESTRATOR);

    /** What may have to be undone can be undone. */
    public static final ArchRule SAGA_STEPS_BEFORE_PIVOT_SHOULD_COMPENSATE =
            rule(Rules.SAGA_STEPS_BEFORE_PIVOT_SHOULD_COMPENSATE);

    /** A transaction stays in its context. */
    public static final ArchRule TRANSACTIONS_SHOULD_NOT_SPAN_CONTEXTS =
            rule(Rules.TRANSACTIONS_SHOULD_NOT_SPAN_CONTEXTS);

    /** Replayed code gives the same answers. */
    public static final ArchRule WORKFLOWS_SHOULD_BE_DETERMINISTIC = rule(Rules.WORKFLOWS_SHOULD_BE_DETERMINISTIC);

    /** The world is touched in activities. */
    public static final ArchRule WORKFLOWS_SHOULD_DO_IO_IN_ACTIVITIES =
            rule(Rules.WORKFLOWS_SHOULD_DO_IO_IN_ACTIVITIES);

    private ArchRules() {}

    private static ArchRule rule(Rule rule) {
        return ArchRuleAdapter.of(rule, DISCOVERED);
    }

    private static Report check(JavaClasses classes) {
        return ArchitectureCheck.of(Architecture.discoveredIn(classes))
                .rules(Rules.CATALOGUE)
                .run(classes);
    }
}
