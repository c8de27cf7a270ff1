package io.github.atleastonce.evolution;

import java.util.List;

/** What is asked of an archive, whatever its events are written in. Each answer is a list of sentences, and empty if all is well. */
interface Evolution {

    /** Names the event. */
    String event();

    /** Compares what today's producer writes with the newest version, or adds it. */
    List<String> drift();

    /** Lets today's consumer read every version. */
    List<String> unreadToday();

    /** Lets yesterday's consumer read the newest version. */
    List<String> unreadYesterday();

    /** Lets today's consumer read the version before the newest one, as it is. */
    List<String> unreadFormer();

    /** Tells who may go first. */
    default DeploymentOrder deploymentOrder() {
        boolean consumer = unreadFormer().isEmpty();
        return DeploymentOrder.of(consumer, unreadYesterday().isEmpty());
    }
}
