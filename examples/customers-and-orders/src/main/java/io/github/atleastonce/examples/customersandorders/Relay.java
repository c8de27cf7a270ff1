package io.github.atleastonce.examples.customersandorders;

/** What a service does first with an event that waits in its outbox: the switch between the right relay and the wrong one. */
public enum Relay {
    /** It sends the event, and deletes it once it is durable: an event may be sent twice. */
    SENDS_FIRST,
    /** It deletes the event and then sends it: an event is lost if the service dies in between. */
    DELETES_FIRST
}
