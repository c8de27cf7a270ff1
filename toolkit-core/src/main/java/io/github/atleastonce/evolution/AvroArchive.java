package io.github.atleastonce.evolution;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apiguardian.api.API;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an event that is written in Avro: a folder beside the tests, with the schema of each version and an example. Hand it to AssertJ's
 * {@code assertThat}.
 *
 * <pre>{@code
 * AvroArchive orderPlaced = AvroArchive.at("src/test/resources/events/OrderPlaced")
 *         .writtenBy(new OrderPlaced("o-1", "c-1", 30))
 *         .readBy(OrderPlaced.getClassSchema());
 *
 * assertThat(orderPlaced)
 *         .holdsTodaysVersion()
 *         .isReadInEveryVersion()
 *         .mayBeDeployed(CONSUMER_FIRST);
 * }</pre>
 *
 * <p>The files are {@code v1.avsc}, {@code v2.avsc} and so on; beside them lies an example in Avro's JSON, {@code v1.json}, which may be missing. Avro itself says which schema
 * reads which; each example is read besides. The system property {@code atleastonce.evolution.accept=true} adds a version; none is ever written again.
 *
 * <p>Wants {@code org.apache.avro:avro} on the class path of the tests. Immutable.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class AvroArchive implements AssertProvider<EventArchiveAssert> {

    private final Folder folder;
    private final AvroParties parties;

    private AvroArchive(Folder folder, AvroParties parties) {
        this.folder = folder;
        this.parties = parties;
    }

    /**
     * Who writes and reads an event, as far as the test has said so.
     *
     * @param example what today's producer writes
     * @param today the schema of today's consumer
     * @param yesterday the schema of yesterday's consumer
     */
    record AvroParties(
            @Nullable IndexedRecord example,
            @Nullable Schema today,
            @Nullable Schema yesterday) {}

    /**
     * Takes the archive of an event.
     *
     * @param folder the path of its folder, usually relative to the module's directory, whose last name is that of the event; it need not be there yet
     * @return the archive
     * @throws UsageException if the path is none
     */
    public static AvroArchive at(String folder) {
        return new AvroArchive(new Folder(folder, ".avsc"), new AvroParties(null, null, null));
    }

    /**
     * Says what today's producer writes.
     *
     * @param example an event, generic or of a generated class
     * @return a new archive
     */
    public AvroArchive writtenBy(IndexedRecord example) {
        return new AvroArchive(folder, new AvroParties(example, parties.today(), parties.yesterday()));
    }

    /**
     * Says by which schema today's consumer reads.
     *
     * @param schema for example that of its generated class
     * @return a new archive
     */
    public AvroArchive readBy(Schema schema) {
        return new AvroArchive(folder, new AvroParties(parties.example(), schema, parties.yesterday()));
    }

    /**
     * Says by which schema yesterday's consumer reads, if it is not that of the version before the newest one.
     *
     * @param schema its schema
     * @return a new archive
     */
    public AvroArchive formerlyReadBy(Schema schema) {
        return new AvroArchive(folder, new AvroParties(parties.example(), parties.today(), schema));
    }

    /**
     * Lets releases before today's send events of this kind to a channel in memory, beside those of today: where a test names the fault OLD_SCHEMA, each such record that the
     * test sends, or a service by {@code life.send}, may be written by the schema of each version before the newest one that can read today's, and is read by its own again.
     *
     * @param scenario the scenario
     * @param channel the name of the channel
     */
    public void olderReleasesSendTo(Scenario scenario, String channel) {
        OlderReleases.sendTo(ScenarioRun.of(scenario), channel, folder, () -> new AvroForms(folder));
    }

    /**
     * Tells which side may go first when the newest version is released.
     *
     * @return the answer
     * @throws UsageException if nobody has said how events are read, or there is no version
     */
    public DeploymentOrder deploymentOrder() {
        return new AvroEvolution(folder, parties).deploymentOrder();
    }

    /** Looks at the files. */
    @Override
    public EventArchiveAssert assertThat() {
        return new EventArchiveAssert(new AvroEvolution(folder, parties));
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
