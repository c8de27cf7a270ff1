package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Part;
import java.util.List;

/**
 * What a listener has for batches: one that was only ever given a single record was tested as any listener. A history hears of a larger one when it comes.
 *
 * @param service the application
 * @param group the listener's group
 */
record Batch(String service, String group) implements Part {

    @Override
    public boolean moved(List<Event> events) {
        return false;
    }

    @Override
    public String idle() {
        return "the listener of group '" + group + "' got batches of one record";
    }
}
