package io.github.atleastonce.kafka.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which inspections the exchanges of each API pass, in order. */
final class Inspections {

    private final Messages messages;
    private final Map<Integer, List<Inspection>> all = new HashMap<>();

    Inspections(Messages messages) {
        this.messages = messages;
    }

    Inspections add(Inspection inspection, Api... apis) {
        for (Api api : apis) {
            all.computeIfAbsent(api.key(), none -> new ArrayList<>()).add(inspection);
        }
        return this;
    }

    /** Takes a request, and decides whether and how it goes on. */
    Exchange asked(Frame frame, Line line) {
        Exchange exchange = Exchange.of(frame, messages);
        if (exchange.isTooNew() && !exchange.is(Api.API_VERSIONS)) {
            throw new MalformedMessageException("This version was not advertised.");
        }
        for (Inspection inspection : of(exchange)) {
            inspection.asked(exchange, line);
        }
        return exchange;
    }

    /** Takes the answer to a request. */
    void answered(Exchange exchange, Frame frame, Line line) {
        exchange.answered(frame);
        for (Inspection inspection : of(exchange)) {
            inspection.answered(exchange, line);
        }
    }

    private List<Inspection> of(Exchange exchange) {
        return all.getOrDefault(exchange.key(), List.of());
    }
}
