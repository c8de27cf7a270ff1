package io.github.atleastonce.archrules.knowledge;

import java.util.Locale;

/** Names what a type, member or annotation of a framework does in the architecture of events. */
public enum Role {
    /** Marks or implements a method that a broker or event bus calls with a message. */
    LISTENER,
    /** Does its work again and again until nothing is left to do. */
    REPEATING,
    /** Tells the broker that a message is done with. */
    ACKNOWLEDGE,
    /** Leaves work to another thread. */
    HAND_OFF,
    /** Is waited for by whoever gets it as a result. */
    AWAITED,
    /** Fetches messages itself; the calling method is the listener. */
    POLL,
    /** Registers a handler for a message type in code. */
    REGISTER,
    /** Marks a method that something other than messaging calls: a web endpoint, a scheduler. */
    ENTRY,
    /** Hands a message to a broker at once. */
    SEND,
    /** Looks like a sender, and reaches no broker. */
    NO_SEND,
    /** Hands a message to something that publishes it if, and only if, the transaction commits. */
    SAFE_SEND,
    /** Publishes to listeners in the same process. */
    LOCAL_SEND,
    /** Sends a message to where failed messages go, or refuses it so that it comes again. */
    FAILURE_ROUTE,
    /** Goes on after a failure, in a pipeline or a future. */
    RECOVER,
    /** Says which failures are meant, or looks at one that goes on. */
    ON_FAILURE,
    /** Is an empty answer. */
    NOTHING,
    /** Changes stored state. */
    WRITE,
    /** Finds a stored entity, whose changes are written when the transaction commits. */
    FIND,
    /** Changes an entity that was found in a transaction; seen in the project's own code, not stated by facts. */
    MANAGED_WRITE,
    /** Reads or writes an outbox. */
    OUTBOX,
    /** Remembers which messages were processed. */
    INBOX,
    /** Comes to the same when it is done again. */
    REPEATABLE,
    /** Marks a method of a declared client that adds something at the other service. */
    ADDING,
    /** Asks what is stored. */
    LOOK_UP,
    /** Goes on only for some of what was found, or only if nothing was. */
    ONLY_IF,
    /** Makes an id that is new each time. */
    FRESH_ID,
    /** Marks the key of an entity. */
    ID,
    /** Marks a key that the database makes. */
    GENERATED_ID,
    /** Makes values of an entity unique. */
    UNIQUE,
    /** Marks the version of an entity. */
    VERSION,
    /** Tells whether an exception says that a key is there already. */
    KEY_CHECK,
    /** Is thrown where a key that must be unique is there already. */
    KEY_IS_THERE,
    /** Says that repeating the work does no harm. */
    IDEMPOTENT,
    /** Calls another process and waits for the answer, or may do so. */
    REMOTE,
    /** Opens a transaction. */
    TRANSACTION,
    /** Makes what is sent to the broker part of a transaction. */
    BROKER_TRANSACTION,
    /** Blocks the calling thread. */
    BLOCK,
    /** Permits a listener to block. */
    MAY_BLOCK,
    /** Marks a type as an event. */
    EVENT,
    /** Marks a type as a command. */
    COMMAND,
    /** Marks a type that tells participants of a saga what to do. */
    ORCHESTRATOR,
    /** Marks a type that containers hand to others. */
    BEAN,
    /** Marks a method whose result a container hands to others. */
    BEAN_METHOD,
    /** Leads to a database. */
    DATA_SOURCE,
    /** Is a repository of stored entities. */
    REPOSITORY,
    /** Marks the class with which an application begins. */
    APPLICATION,
    /** Marks what belongs to a module system whose modules show what lies directly in them. */
    MODULE,
    /** Makes a method's result a listener. */
    LISTENER_BEAN,
    /** Marks a type as a stored entity. */
    ENTITY,
    /** Names the table or collection of an entity. */
    TABLE,
    /** Marks a field of an entity that is not stored. */
    NOT_STORED,
    /** Marks a type as part of a context's published contract. */
    CONTRACT,
    /** Marks a package as a context. */
    CONTEXT,
    /** Was generated from a schema, which rules about hand-written types leave alone. */
    GENERATED,
    /** Reads a schema of messages from a text. */
    SCHEMA,
    /** Wraps a message; the message is a type argument, or the named argument of a call. */
    ENVELOPE,
    /** Takes the message out of its envelope or its text form. */
    UNWRAP,
    /** Makes the messages of a stream anew; the function that it is given returns them. */
    MAPPING,
    /** Is handed to listeners beside the message and is none itself. */
    NO_PAYLOAD,
    /** Carries a message whose shape the type does not tell. */
    UNTYPED,
    /** Only tells people what happened. */
    LOG,
    /** Begins a step in a saga definition. */
    SAGA_STEP,
    /** Says what a saga step does. */
    SAGA_ACTION,
    /** Says how a saga step is undone. */
    SAGA_COMPENSATION,
    /** Is code that a workflow engine replays. */
    WORKFLOW,
    /** Is code that a workflow engine runs once and records. */
    ACTIVITY,
    /** Gives another answer each time, or starts work the engine cannot see. */
    NONDETERMINISTIC,
    /** Reads or writes the world outside of the process. */
    IO,
    /** Says what an event is called outside of the code. */
    WIRE_NAME,
    /** Says what the members of a family of events are called outside of the code. */
    WIRE_NAMES,
    /** Says what a property is called in JSON. */
    JSON_NAME,
    /** Says what a property was called in JSON before. */
    JSON_ALIAS,
    /** Keeps a field out of JSON. */
    JSON_IGNORED,
    /** Says that a property must be there. */
    REQUIRED,
    /** Holds a moment. */
    TIME,
    /** Is a package whose types inherit from those of which facts are known, so that not to find them blinds rules. */
    FRAMEWORK,
    /** Is a package of a messaging library. */
    MESSAGING,
    /** Is a package whose types carry messages, though domain code may well name them. */
    CARRIER,
    /** Is a package of a messaging library, or the beginning of names in one, that only sets things up. */
    SETUP,
    /** Is a package that contracts may use without forcing a library on their readers. */
    NEUTRAL;

    /** Speaks of all types of a package and of those below it. */
    boolean isOfPackages() {
        return this == FRAMEWORK || this == MESSAGING || this == CARRIER || this == SETUP || this == NEUTRAL;
    }

    static Role named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
