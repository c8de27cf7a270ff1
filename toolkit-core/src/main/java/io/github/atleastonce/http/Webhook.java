package io.github.atleastonce.http;

import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import java.net.URI;
import java.time.InstantSource;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A sender of webhooks, as a channel: what is sent is posted to an endpoint when the scenario settles, signed, in any order, and again until
 * it is answered 2xx, if that sender does so ({@link Sender#retryAfter}); again, too, if that answer is lost.
 *
 * <pre>{@code
 * Webhook stripe = Webhook.of(scenario, "stripe").signedBy(Sender.stripe("whsec_test"));
 * scenario.service("billing", life -> {
 *     Billing billing = Billing.start(life.dataSource(database));
 *     stripe.deliverTo(life, billing.uri("/webhooks"));
 *     return billing;
 * });
 * stripe.send("evt_1", "{\"id\":\"evt_1\",\"type\":\"invoice.paid\"}");
 * scenario.settle();
 * }</pre>
 *
 * <p>What the endpoint does until it answers is work of the service, on whatever thread of the server: each step of it is a place to die.
 * FORGED and STALE deliveries, which a test has to ask for, come before the real one, and the run fails if one is answered 2xx.
 *
 * <p>Belongs to one run; used on the thread of the test.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Webhook implements MessageChannel {

    /** Takes deliveries where there is no server to post them to, for example by {@code MockMvc}. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * Receives a delivery.
         *
         * @param delivery its headers, and its body as the payload
         * @return the status of the answer
         * @throws Exception if there was no answer
         */
        int receive(Message delivery) throws Exception;
    }

    private final Webhooks transport;
    private final Deliveries deliveries;
    private final MessageChannel log;

    private Webhook(Run run, String name) {
        this.transport = Webhooks.with(run);
        this.deliveries = transport.sender(name);
        this.log = transport.channel(name);
    }

    /**
     * Makes a sender that signs nothing.
     *
     * @param scenario the scenario
     * @param name its name, for tokens and stories
     * @return the sender
     */
    public static Webhook of(Scenario scenario, String name) {
        return new Webhook(ScenarioRun.of(scenario), name);
    }

    /**
     * Signs each delivery.
     *
     * @param sender how
     * @return this
     */
    public Webhook signedBy(Sender sender) {
        deliveries.signedBy(sender);
        return this;
    }

    /**
     * Says what time deliveries are sent at, if not that of the system, for receivers that do not look at it either.
     *
     * @param clock for example that of the scenario
     * @return this
     */
    public Webhook timedBy(InstantSource clock) {
        deliveries.timedBy(clock);
        return this;
    }

    /**
     * Delivers to a service of the scenario. To be called in its boot, for each life.
     *
     * @param life the life
     * @param endpoint where its server listens
     */
    public void deliverTo(Life life, URI endpoint) {
        deliverTo(life, new Endpoint(endpoint));
    }

    /**
     * Delivers to a service of the scenario that has no server. To be called in its boot, for each life.
     *
     * @param life the life
     * @param receiver takes the deliveries
     */
    public void deliverTo(Life life, Receiver receiver) {
        transport.deliver(deliveries, Run.lifetime(life), receiver);
    }

    /**
     * Delivers to the application that a framework of the test has started.
     *
     * @param endpoint where its server listens
     */
    public void deliverTo(URI endpoint) {
        transport.deliverToApplication(deliveries, new Endpoint(endpoint));
    }

    /**
     * Delivers to the application that a framework of the test has started, where it has no server.
     *
     * @param receiver takes the deliveries, for example by {@code MockMvc}
     */
    public void deliverTo(Receiver receiver) {
        transport.deliverToApplication(deliveries, receiver);
    }

    @Override
    public String name() {
        return log.name();
    }

    @Override
    public void send(Message message) {
        send(message.key(), message.payload(), message.headers());
    }

    /**
     * Sends an event.
     *
     * @param id its id
     * @param body its body, a text
     * @param headers what the sender adds to the headers of its own
     * @throws UsageException if there is no id, or the body is no text
     */
    @Override
    public void send(@Nullable String id, @Nullable Object body, Headers headers) {
        if (id == null || !(body instanceof String)) {
            throw new UsageException(
                    "A webhook wants the id of its event and a text as its body: send(\"evt_1\", \"{…}\").");
        }
        log.send(new Message(id, id, "Webhook", headers, body));
    }

    /**
     * Delivers once more, when the scenario settles, what the sender has given up: as somebody does by hand with GitHub, which never tries again by itself. An endpoint that
     * was disabled is enabled by it.
     */
    public void redeliver() {
        deliveries.tries().takeGivenUp().forEach(log::send);
    }
}
