package io.github.atleastonce.kafka.proxy;

import java.util.List;

/** Advertises no version that is not understood, of those APIs that have to be. */
final class Versions implements Inspection {

    private final Messages messages;

    Versions(Messages messages) {
        this.messages = messages;
    }

    @Override
    public void answered(Exchange exchange, Line line) {
        Struct answer = exchange.response();
        if (answer == null) {
            return;
        }
        List<Struct> all = answer.structs("apiKeys");
        for (Struct api : all) {
            int newest = messages.newest(api.number("apiKey"));
            if (api.number("maxVersion") > newest) {
                api.set("maxVersion", newest);
                exchange.responseChanged();
            }
        }
        if (all.removeIf(api -> api.number("minVersion") > api.number("maxVersion"))) {
            answer.set("apiKeys", all);
            exchange.responseChanged();
        }
    }
}
