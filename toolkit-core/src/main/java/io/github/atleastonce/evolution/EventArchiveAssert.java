package io.github.atleastonce.evolution;

import io.github.atleastonce.run.UsageException;
import java.util.List;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;

/** Asserts that producers and consumers of an event understand each other across its versions. */
@API(status = API.Status.EXPERIMENTAL)
public final class EventArchiveAssert extends AbstractAssert<EventArchiveAssert, String> {

    private final Evolution evolution;

    EventArchiveAssert(Evolution evolution) {
        super(evolution.event(), EventArchiveAssert.class);
        this.evolution = evolution;
    }

    /**
     * Verifies that the newest version is what today's producer writes; in Avro, that it is its schema. With the system property {@code atleastonce.evolution.accept=true} what is written today
     * is added as the next version, if it is another one; no file that is there is ever changed.
     *
     * @return this
     * @throws UsageException if nobody has said how events are written
     */
    public EventArchiveAssert holdsTodaysVersion() {
        return failIfAny(evolution.drift());
    }

    /**
     * Verifies that today's consumer reads every version: as it is archived, with a field more that it does not know, in each object of the event, and without
     * each optional field. Where it reads JSON into a class of the application, a field that has a value when the newest version is read, and is null, zero or false when another
     * one is, counts as lost, unless that version says null, zero or false somewhere.
     *
     * @return this
     * @throws UsageException if nobody has said how events are read, or there is no version
     */
    public EventArchiveAssert isReadInEveryVersion() {
        return failIfAny(evolution.unreadToday());
    }

    /**
     * Verifies that yesterday's consumer reads the newest version. If nobody has said how it reads, it is taken to need all that the version before has, but for
     * optional fields, and to pass over all else.
     *
     * @return this
     * @throws UsageException if there is no version
     */
    public EventArchiveAssert isReadByYesterdaysConsumer() {
        return failIfAny(evolution.unreadYesterday());
    }

    /**
     * Verifies which side may be deployed first, when the newest version is released: consumers if today's consumer reads the version before, producers if
     * yesterday's consumer reads the newest one.
     *
     * @param order what is planned
     * @return this
     * @throws UsageException if nobody has said how events are read, or there is no version, or NEITHER is planned
     */
    public EventArchiveAssert mayBeDeployed(DeploymentOrder order) {
        if (order == DeploymentOrder.NEITHER) {
            throw new UsageException(
                    "mayBeDeployed wants CONSUMER_FIRST, PRODUCER_FIRST or EITHER_FIRST: somebody goes first.");
        }
        List<String> consumer = evolution.unreadFormer();
        List<String> producer = evolution.unreadYesterday();
        DeploymentOrder possible = DeploymentOrder.of(consumer.isEmpty(), producer.isEmpty());
        if (!possible.permits(order)) {
            String reasons = listed(consumer) + listed(producer);
            failWithMessage(
                    "%s",
                    possible == DeploymentOrder.NEITHER
                            ? "Neither side of " + actual + " may be deployed first:" + reasons
                                    + "\nLet a version in between have both forms, until nobody needs the old one."
                            : actual + " may be deployed " + possible + ", but not " + order + ":" + reasons);
        }
        return this;
    }

    private EventArchiveAssert failIfAny(List<String> sentences) {
        if (sentences.size() == 1) {
            failWithMessage("%s", sentences.get(0));
        }
        if (!sentences.isEmpty()) {
            failWithMessage("%s", sentences.size() + " things are wrong with " + actual + ":" + listed(sentences));
        }
        return this;
    }

    private static String listed(List<String> sentences) {
        return sentences.isEmpty() ? "" : "\n  " + String.join("\n  ", sentences);
    }
}
