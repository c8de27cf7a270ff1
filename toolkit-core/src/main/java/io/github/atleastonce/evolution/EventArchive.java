package io.github.atleastonce.evolution;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import org.apiguardian.api.API;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an event that is written as JSON: a folder beside the tests, with an example of each version. Hand it to AssertJ's {@code assertThat}.
 *
 * <pre>{@code
 * EventArchive orderPlaced = EventArchive.at("src/test/resources/events/OrderPlaced")
 *         .writtenBy(mapper::writeValueAsBytes, new OrderPlaced("o-1", "c-1", 30))
 *         .readBy(bytes -> mapper.readValue(bytes, OrderPlaced.class));
 *
 * assertThat(orderPlaced)
 *         .holdsTodaysVersion()
 *         .isReadInEveryVersion()
 *         .mayBeDeployed(CONSUMER_FIRST);
 * }</pre>
 *
 * <p>The folder is that of the event, its files are {@code v1.json}, {@code v2.json} and so on. The system property {@code atleastonce.evolution.accept=true} adds a
 * version; none is ever written again. Paths of fields are names joined by dots, such as {@code customer.address}; elements of a list have the path of the list.
 *
 * <p>Immutable.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class EventArchive implements AssertProvider<EventArchiveAssert> {

    /**
     * Writes an event, as its producer does.
     *
     * @param <T> the type of the event
     */
    @FunctionalInterface
    public interface Writer<T> {

        /**
         * Writes an event.
         *
         * @param event the event
         * @return what goes to the topic
         * @throws Exception if it cannot be written
         */
        byte[] write(T event) throws Exception;
    }

    /** Reads an event, as its consumer does. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Reads an event.
         *
         * @param bytes what lies on the topic
         * @return the event; null counts as not read
         * @throws Exception if it cannot be read
         */
        @Nullable
        Object read(byte[] bytes) throws Exception;
    }

    private final Folder folder;
    private final Parties parties;
    private final Fields fields;

    private EventArchive(Folder folder, Parties parties, Fields fields) {
        this.folder = folder;
        this.parties = parties;
        this.fields = fields;
    }

    /**
     * Takes the archive of an event.
     *
     * @param folder the path of its folder, usually relative to the module's directory, whose last name is that of the event; it need not be there yet
     * @return the archive
     * @throws UsageException if the path is none
     */
    public static EventArchive at(String folder) {
        return new EventArchive(new Folder(folder, ".json"), Parties.NONE, Fields.ALL_KNOWN);
    }

    /**
     * Says how today's producer writes.
     *
     * @param writer writes the event, for example {@code mapper::writeValueAsBytes}
     * @param example an event in which each field has a value that is the same in every run, and neither zero nor false where it can be avoided
     * @param <T> the type of the event
     * @return a new archive
     */
    public <T> EventArchive writtenBy(Writer<T> writer, T example) {
        return new EventArchive(folder, parties.writing(writer, example), fields);
    }

    /**
     * Says how today's consumer reads.
     *
     * @param reader reads the event, for example {@code bytes -> mapper.readValue(bytes, OrderPlaced.class)}
     * @return a new archive
     */
    public EventArchive readBy(Reader reader) {
        return new EventArchive(folder, parties.reading(reader), fields);
    }

    /**
     * Says how yesterday's consumer reads, for example into a class of its {@link EarlierRelease}.
     *
     * @param reader reads the event
     * @return a new archive
     */
    public EventArchive formerlyReadBy(Reader reader) {
        return new EventArchive(folder, parties.formerlyReading(reader), fields);
    }

    /**
     * Names fields that consumers do without.
     *
     * @param paths their paths
     * @return a new archive
     */
    public EventArchive optional(String... paths) {
        return new EventArchive(folder, parties, fields.optional(paths));
    }

    /**
     * Names objects whose names are keys, and no fields, such as prices by their currency: no unknown field is added there.
     *
     * @param paths their paths
     * @return a new archive
     */
    public EventArchive maps(String... paths) {
        return new EventArchive(folder, parties, fields.maps(paths));
    }

    /**
     * Says how a version was written, where today's event does not have all that it had: a field that has another name now, for example. For OLD_SCHEMA.
     *
     * @param version the number of the version
     * @param writer writes an event of today as it was written then
     * @param <T> the type of the event
     * @return a new archive
     */
    public <T> EventArchive writtenInVersion(int version, Writer<T> writer) {
        return new EventArchive(folder, parties.formerlyWriting(version, writer), fields);
    }

    /**
     * Lets releases before today's send events of this kind to a channel, beside those of today: where a test names the fault OLD_SCHEMA, each such event that
     * the test sends, or a service by {@code life.send}, may be written in each version before the newest one. It says then what today's event says, with the
     * fields of that version. A text or bytes are an event of this kind if they have its fields, an object if it is of the example's type; in memory a consumer of objects
     * gets what {@code readBy} makes of the older version, and the run fails if it makes nothing of it.
     *
     * @param scenario the scenario
     * @param channel the name of the channel
     * @throws UsageException if a version has what today's event does not say, or a version that is not there was said to be written
     */
    public void olderReleasesSendTo(Scenario scenario, String channel) {
        OlderReleases.sendTo(
                ScenarioRun.of(scenario), channel, folder, () -> new ArchivedForms(folder, parties, fields));
    }

    /**
     * Tells which side may go first when the newest version is released.
     *
     * @return the answer
     * @throws UsageException if nobody has said how events are read, or there is no version
     */
    public DeploymentOrder deploymentOrder() {
        return evolution().deploymentOrder();
    }

    /** Looks at the files. */
    @Override
    public EventArchiveAssert assertThat() {
        return new EventArchiveAssert(evolution());
    }

    private Evolution evolution() {
        return new JsonEvolution(folder, parties, fields);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
