package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.rules.Severity.ERROR;
import static io.github.atleastonce.archrules.rules.Severity.WARN;

import java.util.List;
import java.util.Optional;

/**
 * The catalogue of rules and the sets made of it.
 *
 * <p>Only what is free of false alarms on the labelled corpus fails a check; the rest warns.
 */
public final class Rules {

    /** The declaration and the code speak of the same thing; part of every check. */
    public static final Rule ARCHITECTURE_SHOULD_MATCH_CODE = Rule.of(
            "architecture_should_match_code",
            Theme.MODEL,
            ERROR,
            "rules that look at nothing, or cannot see the framework, pass whatever the code does.",
            "mend the declaration, or put the missing jars on the class path of the test.",
            ModelRules::matchesCode);

    /** Events do not change once they are made. */
    public static final Rule EVENTS_SHOULD_BE_IMMUTABLE = Rule.of(
            "events_should_be_immutable",
            Theme.EVENTS,
            ERROR,
            "what has happened cannot change, and a shared event that a listener alters misleads the next one.",
            "make the event a record, or its fields final and without setters.",
            EventRules::immutable);

    /** An event's name says what has happened. */
    public static final Rule EVENTS_SHOULD_BE_NAMED_IN_PAST_TENSE = Rule.of(
            "events_should_be_named_in_past_tense",
            Theme.EVENTS,
            WARN,
            "a name in the past tense says that the thing is done and nobody is told what to do.",
            "name what has happened: OrderPlaced, not PlaceOrder or OrderData.",
            EventRules::pastTense);

    /** A command's name says what to do. */
    public static final Rule COMMANDS_SHOULD_BE_IMPERATIVE = Rule.of(
            "commands_should_be_imperative",
            Theme.EVENTS,
            WARN,
            "a command that is named like an event hides that the sender expects something to be done.",
            "name what is to be done: ReserveCredit, not CreditReserved.",
            EventRules::imperative);

    /** Each event can be told apart and placed in time. */
    public static final Rule EVENTS_SHOULD_CARRY_ID_AND_TIME = Rule.of(
            "events_should_carry_id_and_time",
            Theme.EVENTS,
            WARN,
            "without an id a consumer cannot recognise a duplicate, without a time it cannot tell old from new.",
            "add an id and a time to the event, or leave this rule out if the envelope carries them.",
            EventRules::idAndTime);

    /** Entities stay inside. */
    public static final Rule EVENTS_SHOULD_NOT_EXPOSE_ENTITIES = Rule.of(
            "events_should_not_expose_entities",
            Theme.EVENTS,
            ERROR,
            "an entity inside an event publishes the database schema, and each change of it breaks consumers.",
            "copy the values that consumers need into the event.",
            EventRules::noEntities);

    /** Contracts do not force libraries on consumers. */
    public static final Rule EVENT_CONTRACTS_SHOULD_BE_FRAMEWORK_FREE = Rule.of(
            "event_contracts_should_be_framework_free",
            Theme.CONTRACTS,
            WARN,
            "a consumer of the event would need the publisher's framework, in the publisher's version.",
            "use types of the JDK in the event, or permit the library with contractLibraries(…).",
            ContractRules::frameworkFree);

    /** Contexts use of each other only what is meant to be used. */
    public static final Rule CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS = Rule.of(
            "contexts_should_use_only_published_contracts",
            Theme.CONTRACTS,
            ERROR,
            "what is used from outside cannot be changed inside without asking the other team.",
            "publish an event or an API type for this need, or move the type to an 'api' or 'events' package of its context.",
            ContractRules::onlyPublished);

    /** Contracts stand on contracts. */
    public static final Rule CONTRACTS_SHOULD_NOT_DEPEND_ON_INTERNALS = Rule.of(
            "contracts_should_not_depend_on_internals",
            Theme.CONTRACTS,
            ERROR,
            "whoever uses the contract then depends on the inside as well.",
            "let the mapping from inner types to the event live inside, not in the event.",
            ContractRules::contractsWithoutInternals);

    /** Events stay readable for those who know them. */
    public static final Rule EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE = Rule.of(
                    "event_contracts_should_stay_compatible",
                    Theme.CONTRACTS,
                    ERROR,
                    "consumers, and messages already stored, still have the old shape.",
                    "add what may be absent (Avro: with a default) instead of changing, keep an old name as an alias (@JsonAlias,"
                            + " Avro's aliases), or publish a new event beside the old; if all consumers are ready, accept the new"
                            + " shape with -Datleastonce.archrules.accept=contracts.",
                    ContractRules::compatible)
            .needing(model -> model.declared().contractBaseline() == null
                    ? Optional.of("no baseline is declared; see Architecture.contractBaseline(path)")
                    : Optional.empty());

    /** A context knows only a few events of another. */
    public static final Rule FOREIGN_EVENTS_WITHIN_BUDGET = Rule.of(
            "foreign_events_within_budget",
            Theme.COUPLING,
            ERROR,
            "each event type known is one more reason to change together.",
            "consume a coarser event, move the behaviour to where the events are, or raise the budget on purpose.",
            CouplingRules::withinBudget);

    /** Contexts that listen to each other say so. */
    public static final Rule SUBSCRIPTION_CYCLES_SHOULD_BE_DECLARED = Rule.of(
            "subscription_cycles_should_be_declared",
            Theme.COUPLING,
            WARN,
            "in a cycle no context can be understood, deployed or replayed alone, and events can chase each other.",
            "break the cycle, or declare it with feedback(…) if it is a saga without a conductor.",
            CouplingRules::declaredCycles);

    /** One context speaks for each event. */
    public static final Rule EVENTS_SHOULD_HAVE_ONE_PUBLISHING_CONTEXT = Rule.of(
            "events_should_have_one_publishing_context",
            Theme.COUPLING,
            ERROR,
            "two publishers will come to mean two things by the same event.",
            "let the owner of the state publish; others publish an event of their own.",
            CouplingRules::onePublisher);

    /** One context writes to each topic. */
    public static final Rule TOPICS_SHOULD_HAVE_ONE_OWNER = Rule.of(
            "topics_should_have_one_owner",
            Theme.COUPLING,
            WARN,
            "nobody can promise the order or the schema of a topic to which several contexts write.",
            "give each context a topic of its own.",
            CouplingRules::oneTopicOwner);

    /** Contexts do not wait for each other. */
    public static final Rule CONTEXTS_SHOULD_NOT_CALL_EACH_OTHER_SYNCHRONOUSLY = Rule.of(
            "contexts_should_not_call_each_other_synchronously",
            Theme.COUPLING,
            WARN,
            "the caller is only up while the called is up, and as slow.",
            "keep a copy of the needed data from its events, or send a command.",
            CouplingRules::noSynchronousCalls);

    /** Chains of synchronous calls stay short. */
    public static final Rule SYNC_CHAIN_WITHIN_BUDGET = Rule.of(
            "sync_chain_within_budget",
            Theme.COUPLING,
            WARN,
            "availabilities multiply and latencies add along the chain.",
            "break the chain with an event, or raise synchronousChainBudget(…) on purpose.",
            CouplingRules::synchronousChain);

    /** An entity belongs to one context. */
    public static final Rule CONTEXTS_SHOULD_NOT_SHARE_ENTITIES = Rule.of(
            "contexts_should_not_share_entities",
            Theme.COUPLING,
            ERROR,
            "two contexts that map one entity share its table, its locks and its changes.",
            "refer to the other context's entity by its id.",
            CouplingRules::noSharedEntities);

    /** A table belongs to one context. */
    public static final Rule CONTEXTS_SHOULD_NOT_SHARE_TABLES = Rule.of(
            "contexts_should_not_share_tables",
            Theme.COUPLING,
            ERROR,
            "a shared table is an interface that nobody versions.",
            "give each context a table of its own and keep them in step by events.",
            CouplingRules::noSharedTables);

    /** A repository belongs to one context. */
    public static final Rule CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES = Rule.of(
            "contexts_should_not_share_repositories",
            Theme.COUPLING,
            ERROR,
            "who writes through another's repository goes around its rules and its events.",
            "send a command, or ask through the other context's API.",
            CouplingRules::noSharedRepositories);

    /** The domain model is free of messaging. */
    public static final Rule DOMAIN_SHOULD_NOT_KNOW_MESSAGING = Rule.of(
            "domain_should_not_know_messaging",
            Theme.COUPLING,
            WARN,
            "business rules that need a broker cannot be tested or reused without one.",
            "let an adapter outside of the domain package talk to the broker.",
            CouplingRules::domainWithoutMessaging);

    /** State and its event leave together. */
    public static final Rule WRITES_AND_SENDS_SHOULD_USE_OUTBOX = Rule.of(
            "writes_and_sends_should_use_outbox",
            Theme.OUTBOX,
            ERROR,
            "a crash between the write and the send leaves one without the other.",
            "store the event in an outbox table in the same transaction.",
            OutboxRules::writesAndSends);

    /** A transaction does not send. */
    public static final Rule TRANSACTIONS_SHOULD_NOT_SEND_TO_BROKER = Rule.of(
            "transactions_should_not_send_to_broker",
            Theme.OUTBOX,
            WARN,
            "the message is out even if the transaction rolls back, and a slow broker holds its locks.",
            "store the event in an outbox table, or send after the commit what may be lost.",
            OutboxRules::sendsInTransactions);

    /** After the commit is too late to be sure. */
    public static final Rule AFTER_COMMIT_SHOULD_NOT_BE_SOLE_PUBLISHER = Rule.of(
            "after_commit_should_not_be_sole_publisher",
            Theme.OUTBOX,
            WARN,
            "a crash right after the commit loses the event, and nothing will send it again.",
            "use a publication registry (@ApplicationModuleListener) or an outbox table.",
            OutboxRules::afterCommit);

    /** Handlers say what they take. */
    public static final Rule HANDLERS_SHOULD_RECEIVE_TYPED_EVENTS = Rule.of(
            "handlers_should_receive_typed_events",
            Theme.CONSUMERS,
            WARN,
            "text, maps and trees hide which events, and which of their fields, the consumer depends on.",
            "take the event's type as the parameter and let the framework convert it.",
            ConsumerRules::typedEvents);

    /** The same message twice does no harm. */
    public static final Rule CONSUMERS_SHOULD_DEDUPLICATE = Rule.of(
            "consumers_should_deduplicate",
            Theme.CONSUMERS,
            WARN,
            "at-least-once delivery brings the same message again, and the write happens again.",
            "remember the message's id in the same transaction, or mark a naturally repeatable handler @Idempotent.",
            ConsumerRules::deduplicate);

    /** A handler's writes stand or fall together. */
    public static final Rule HANDLERS_SHOULD_WRITE_IN_ONE_TRANSACTION = Rule.of(
            "handlers_should_write_in_one_transaction",
            Theme.CONSUMERS,
            WARN,
            "a crash between two writes leaves the first without the second.",
            "put the writes in one @Transactional method.",
            ConsumerRules::oneTransaction);

    /** Handling a message needs no other service. */
    public static final Rule HANDLERS_SHOULD_NOT_CALL_REMOTES = Rule.of(
            "handlers_should_not_call_remotes",
            Theme.CONSUMERS,
            ERROR,
            "while the other service is slow or down the partition stands still, and a redelivery calls it again.",
            "carry the data in the event or keep a local copy; if the call is the purpose, permit it with allowRemote(…).",
            ConsumerRules::noRemotes);

    /** Listeners do not wait. */
    public static final Rule LISTENERS_SHOULD_NOT_BLOCK = Rule.of(
            "listeners_should_not_block",
            Theme.CONSUMERS,
            WARN,
            "a listener that waits stops its partition and can be thrown out of its group.",
            "use the framework's delayed retry, or hand the message over.",
            ConsumerRules::noBlocking);

    /** What goes wrong is not forgotten. */
    public static final Rule LISTENERS_SHOULD_NOT_SWALLOW_EXCEPTIONS = Rule.of(
            "listeners_should_not_swallow_exceptions",
            Theme.CONSUMERS,
            ERROR,
            "the message counts as handled although it was not, and is lost without a trace.",
            "let the exception pass to the error handler, or send the message to a dead letter channel.",
            model -> new SwallowRule(model).violations());

    /** One handler for each command. */
    public static final Rule COMMANDS_SHOULD_HAVE_ONE_HANDLER = Rule.of(
            "commands_should_have_one_handler",
            Theme.SAGAS,
            WARN,
            "two handlers do the thing twice, or each half of it.",
            "keep one handler; tell the others by an event.",
            SagaRules::oneHandler);

    /** Commands come from orchestrators. */
    public static final Rule ONLY_ORCHESTRATORS_SHOULD_SEND_COMMANDS = Rule.of(
            "only_orchestrators_should_send_commands",
            Theme.SAGAS,
            WARN,
            "commands from everywhere make every context an orchestrator.",
            "publish an event, or let the saga send the command; name orchestrators with orchestrators(…).",
            SagaRules::onlyOrchestrators);

    /** Participants do not know who conducts. */
    public static final Rule PARTICIPANTS_SHOULD_NOT_KNOW_ORCHESTRATOR = Rule.of(
            "participants_should_not_know_orchestrator",
            Theme.SAGAS,
            ERROR,
            "a participant that knows the saga can serve no other one.",
            "reply to the channel that the command names.",
            SagaRules::unknownOrchestrator);

    /** What may have to be undone can be undone. */
    public static final Rule SAGA_STEPS_BEFORE_PIVOT_SHOULD_COMPENSATE = Rule.of(
            "saga_steps_before_pivot_should_compensate",
            Theme.SAGAS,
            ERROR,
            "if a later step fails, this step's change stays although the saga is rolled back.",
            "add a compensation, or name the step with readOnlySteps(…) if it changes nothing.",
            SagaRules::compensate);

    /** A transaction stays in its context. */
    public static final Rule TRANSACTIONS_SHOULD_NOT_SPAN_CONTEXTS = Rule.of(
            "transactions_should_not_span_contexts",
            Theme.SAGAS,
            WARN,
            "two contexts that commit together can never live in two databases.",
            "commit in one context and let an event carry the change to the other.",
            SagaRules::transactionsInOneContext);

    /** Replayed code gives the same answers. */
    public static final Rule WORKFLOWS_SHOULD_BE_DETERMINISTIC = Rule.of(
            "workflows_should_be_deterministic",
            Theme.WORKFLOWS,
            ERROR,
            "the engine replays the workflow, and another answer sends it down another path.",
            "ask the engine: Workflow.currentTimeMillis, newRandom, randomUUID, sleep, Async.",
            WorkflowRules::deterministic);

    /** The world is touched in activities. */
    public static final Rule WORKFLOWS_SHOULD_DO_IO_IN_ACTIVITIES = Rule.of(
            "workflows_should_do_io_in_activities",
            Theme.WORKFLOWS,
            ERROR,
            "I/O in workflow code happens again at each replay.",
            "move it to an activity.",
            WorkflowRules::ioInActivities);

    private static final List<Rule> ALL = List.of(
            ARCHITECTURE_SHOULD_MATCH_CODE,
            EVENTS_SHOULD_BE_IMMUTABLE,
            EVENTS_SHOULD_BE_NAMED_IN_PAST_TENSE,
            COMMANDS_SHOULD_BE_IMPERATIVE,
            EVENTS_SHOULD_CARRY_ID_AND_TIME,
            EVENTS_SHOULD_NOT_EXPOSE_ENTITIES,
            EVENT_CONTRACTS_SHOULD_BE_FRAMEWORK_FREE,
            CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS,
            CONTRACTS_SHOULD_NOT_DEPEND_ON_INTERNALS,
            EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE,
            FOREIGN_EVENTS_WITHIN_BUDGET,
            SUBSCRIPTION_CYCLES_SHOULD_BE_DECLARED,
            EVENTS_SHOULD_HAVE_ONE_PUBLISHING_CONTEXT,
            TOPICS_SHOULD_HAVE_ONE_OWNER,
            CONTEXTS_SHOULD_NOT_CALL_EACH_OTHER_SYNCHRONOUSLY,
            SYNC_CHAIN_WITHIN_BUDGET,
            CONTEXTS_SHOULD_NOT_SHARE_ENTITIES,
            CONTEXTS_SHOULD_NOT_SHARE_TABLES,
            CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES,
            DOMAIN_SHOULD_NOT_KNOW_MESSAGING,
            WRITES_AND_SENDS_SHOULD_USE_OUTBOX,
            TRANSACTIONS_SHOULD_NOT_SEND_TO_BROKER,
            AFTER_COMMIT_SHOULD_NOT_BE_SOLE_PUBLISHER,
            HANDLERS_SHOULD_RECEIVE_TYPED_EVENTS,
            CONSUMERS_SHOULD_DEDUPLICATE,
            HANDLERS_SHOULD_WRITE_IN_ONE_TRANSACTION,
            HANDLERS_SHOULD_NOT_CALL_REMOTES,
            LISTENERS_SHOULD_NOT_BLOCK,
            LISTENERS_SHOULD_NOT_SWALLOW_EXCEPTIONS,
            COMMANDS_SHOULD_HAVE_ONE_HANDLER,
            ONLY_ORCHESTRATORS_SHOULD_SEND_COMMANDS,
            PARTICIPANTS_SHOULD_NOT_KNOW_ORCHESTRATOR,
            SAGA_STEPS_BEFORE_PIVOT_SHOULD_COMPENSATE,
            TRANSACTIONS_SHOULD_NOT_SPAN_CONTEXTS,
            WORKFLOWS_SHOULD_BE_DETERMINISTIC,
            WORKFLOWS_SHOULD_DO_IO_IN_ACTIVITIES);

    /** What to begin with: the ten most valuable rules, and that the declaration fits. */
    public static final RuleSet RECOMMENDED = RuleSet.of(
            ARCHITECTURE_SHOULD_MATCH_CODE,
            EVENTS_SHOULD_BE_IMMUTABLE,
            EVENTS_SHOULD_NOT_EXPOSE_ENTITIES,
            CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS,
            FOREIGN_EVENTS_WITHIN_BUDGET,
            WRITES_AND_SENDS_SHOULD_USE_OUTBOX,
            CONSUMERS_SHOULD_DEDUPLICATE,
            HANDLERS_SHOULD_NOT_CALL_REMOTES,
            LISTENERS_SHOULD_NOT_SWALLOW_EXCEPTIONS,
            SAGA_STEPS_BEFORE_PIVOT_SHOULD_COMPENSATE,
            EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE);

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

    /** The whole catalogue. */
    public static final RuleSet CATALOGUE = RuleSet.of(ALL);

    private Rules() {}

    private static RuleSet of(Theme theme) {
        return RuleSet.of(ALL.stream().filter(rule -> rule.theme() == theme).toList());
    }
}
