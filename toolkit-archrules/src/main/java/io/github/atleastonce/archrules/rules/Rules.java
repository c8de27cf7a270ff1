package io.github.atleastonce.archrules.rules;

/**
 * The sets of rules. The rules themselves stand with their checks, in a class for each theme.
 *
 * <p>Only what is free of false alarms on the labelled corpus fails a check; the rest warns.
 */
public final class Rules {

    /** The whole catalogue. */
    public static final RuleSet CATALOGUE = RuleSet.of(
            ModelRules.ARCHITECTURE_SHOULD_MATCH_CODE,
            EventRules.EVENTS_SHOULD_BE_IMMUTABLE,
            EventRules.EVENTS_SHOULD_BE_NAMED_IN_PAST_TENSE,
            EventRules.COMMANDS_SHOULD_BE_IMPERATIVE,
            EventRules.EVENTS_SHOULD_CARRY_ID_AND_TIME,
            EventRules.EVENTS_SHOULD_NOT_EXPOSE_ENTITIES,
            ContractRules.EVENT_CONTRACTS_SHOULD_BE_FRAMEWORK_FREE,
            ContractRules.CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS,
            ContractRules.CONTRACTS_SHOULD_NOT_DEPEND_ON_INTERNALS,
            ContractRules.EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE,
            CouplingRules.FOREIGN_EVENTS_WITHIN_BUDGET,
            CouplingRules.SUBSCRIPTION_CYCLES_SHOULD_BE_DECLARED,
            CouplingRules.EVENTS_SHOULD_HAVE_ONE_PUBLISHING_CONTEXT,
            CouplingRules.TOPICS_SHOULD_HAVE_ONE_OWNER,
            CouplingRules.CONTEXTS_SHOULD_NOT_CALL_EACH_OTHER_SYNCHRONOUSLY,
            CouplingRules.SYNC_CHAIN_WITHIN_BUDGET,
            CouplingRules.CONTEXTS_SHOULD_NOT_SHARE_ENTITIES,
            CouplingRules.CONTEXTS_SHOULD_NOT_SHARE_TABLES,
            CouplingRules.CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES,
            CouplingRules.DOMAIN_SHOULD_NOT_KNOW_MESSAGING,
            OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX,
            OutboxRules.TRANSACTIONS_SHOULD_NOT_SEND_TO_BROKER,
            OutboxRules.AFTER_COMMIT_SHOULD_NOT_BE_SOLE_PUBLISHER,
            ConsumerRules.HANDLERS_SHOULD_RECEIVE_TYPED_EVENTS,
            ConsumerRules.CONSUMERS_SHOULD_DEDUPLICATE,
            ConsumerRules.HANDLERS_SHOULD_WRITE_IN_ONE_TRANSACTION,
            ConsumerRules.HANDLERS_SHOULD_NOT_CALL_REMOTES,
            ConsumerRules.LISTENERS_SHOULD_NOT_BLOCK,
            ConsumerRules.LISTENERS_SHOULD_NOT_SWALLOW_EXCEPTIONS,
            ConsumerRules.LISTENERS_SHOULD_ACKNOWLEDGE_AFTER_THE_WORK,
            ConsumerRules.LISTENERS_SHOULD_NOT_HAND_OFF_BEFORE_THE_ACKNOWLEDGEMENT,
            SagaRules.COMMANDS_SHOULD_HAVE_ONE_HANDLER,
            SagaRules.ONLY_ORCHESTRATORS_SHOULD_SEND_COMMANDS,
            SagaRules.PARTICIPANTS_SHOULD_NOT_KNOW_ORCHESTRATOR,
            SagaRules.SAGA_STEPS_BEFORE_PIVOT_SHOULD_COMPENSATE,
            SagaRules.TRANSACTIONS_SHOULD_NOT_SPAN_CONTEXTS,
            WorkflowRules.WORKFLOWS_SHOULD_BE_DETERMINISTIC,
            WorkflowRules.WORKFLOWS_SHOULD_DO_IO_IN_ACTIVITIES);

    /** The precise ones, to begin with: what they find is nearly always so. */
    public static final RuleSet RECOMMENDED = RuleSet.of(
            ModelRules.ARCHITECTURE_SHOULD_MATCH_CODE,
            EventRules.EVENTS_SHOULD_BE_IMMUTABLE,
            EventRules.EVENTS_SHOULD_NOT_EXPOSE_ENTITIES,
            ContractRules.CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS,
            CouplingRules.FOREIGN_EVENTS_WITHIN_BUDGET,
            OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX,
            ConsumerRules.CONSUMERS_SHOULD_DEDUPLICATE,
            ConsumerRules.HANDLERS_SHOULD_NOT_CALL_REMOTES,
            ConsumerRules.LISTENERS_SHOULD_NOT_SWALLOW_EXCEPTIONS,
            SagaRules.SAGA_STEPS_BEFORE_PIVOT_SHOULD_COMPENSATE,
            ContractRules.EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE);

    /** The rest: worth a look, and to be picked by those who want them. */
    public static final RuleSet ADVICE = CATALOGUE.without(RECOMMENDED.rules().toArray(Rule[]::new));

    /** What an event looks like. */
    public static final RuleSet EVENTS = of(Theme.EVENTS);

    /** What contexts show each other. */
    public static final RuleSet CONTRACTS = of(Theme.CONTRACTS);

    /** That state and events do not part. */
    public static final RuleSet OUTBOX = of(Theme.OUTBOX);

    /** How messages are handled. */
    public static final RuleSet CONSUMERS = of(Theme.CONSUMERS);

    /** How much contexts know of each other. */
    public static final RuleSet COUPLING = of(Theme.COUPLING);

    /** Transactions made of several steps. */
    public static final RuleSet SAGAS = of(Theme.SAGAS);

    /** Code that a workflow engine replays. */
    public static final RuleSet WORKFLOWS = of(Theme.WORKFLOWS);

    private Rules() {}

    private static RuleSet of(Theme theme) {
        return RuleSet.of(
                CATALOGUE.rules().stream().filter(rule -> rule.theme() == theme).toList());
    }
}
