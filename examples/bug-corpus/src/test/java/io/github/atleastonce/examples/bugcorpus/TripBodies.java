package io.github.atleastonce.examples.bugcorpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.TripEvent.BookFlight;
import io.github.atleastonce.examples.bugcorpus.TripEvent.BookHotel;
import io.github.atleastonce.examples.bugcorpus.TripEvent.CancelFlight;
import io.github.atleastonce.examples.bugcorpus.TripEvent.CancelHotel;
import io.github.atleastonce.examples.bugcorpus.TripEvent.FlightBooked;
import io.github.atleastonce.examples.bugcorpus.TripEvent.FlightCancelled;
import io.github.atleastonce.examples.bugcorpus.TripEvent.FlightRefused;
import io.github.atleastonce.examples.bugcorpus.TripEvent.HotelBooked;
import io.github.atleastonce.examples.bugcorpus.TripEvent.HotelCancelled;
import io.github.atleastonce.examples.bugcorpus.TripEvent.TripBooked;
import io.github.atleastonce.examples.bugcorpus.TripEvent.TripFailed;
import io.github.atleastonce.examples.bugcorpus.TripEvent.TripRequested;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.saga.Sagas;
import io.github.atleastonce.scenario.Scenario;
import java.sql.SQLException;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.sql.DataSource;

/** The test bodies of sagas, each for a bug and its twin alike. Hotel and flight keep nothing, so they answer again what they have answered. */
public final class TripBodies {

    private static final Saga TRIP = Saga.correlatedBy(TripEvent::trip)
            .startedBy(TripRequested.class)
            .step("hotel")
            .commandedBy(BookHotel.class)
            .doneBy(HotelBooked.class)
            .undoneBy(HotelCancelled.class)
            .step("flight")
            .commandedBy(BookFlight.class)
            .doneBy(FlightBooked.class)
            .refusedBy(FlightRefused.class)
            .undoneBy(FlightCancelled.class)
            .ends(TripBooked.class)
            .orEnds(TripFailed.class);

    private TripBodies() {}

    /** A trip is booked as a whole, or not at all. */
    public static Bug.Body book(BiFunction<Life, Database, TripManager> make) {
        return body(make, FlightBooked::new);
    }

    /** A trip whose flight is full is not booked at all. */
    public static Bug.Body bookWithoutAFlight(BiFunction<Life, Database, TripManager> make) {
        return body(make, FlightRefused::new);
    }

    /** A trip whose hotel is booked, and whose flight is to be, is booked as a whole or not at all. */
    public static Bug.Body bookTheFlight(BiFunction<Life, Database, TripManager> make) {
        return (scenario, db) -> {
            start(scenario, db, make, FlightBooked::new);
            scenario.reset(() -> new Database(db).update("INSERT INTO trip VALUES ('t-1', 'hotel')"));
            scenario.channel("replies").send("t-1", new HotelBooked("t-1"));
            check(scenario);
        };
    }

    private static Bug.Body body(BiFunction<Life, Database, TripManager> make, Function<String, TripEvent> flight) {
        return (scenario, db) -> {
            start(scenario, db, make, flight);
            scenario.channel("replies").send("t-1", new TripRequested("t-1"));
            check(scenario);
        };
    }

    private static void check(Scenario scenario) {
        assertThat(Sagas.of(scenario, TRIP))
                .withId("t-1")
                .timesOut("flight", Trips.PATIENCE)
                .to(TripFailed.class)
                .endsExactlyOnce()
                .isAllOrNothing()
                .compensatesInReverse()
                .compensatesOnlyWhatWasDone()
                .commandsOncePerStep();
    }

    private static void start(
            Scenario scenario,
            DataSource db,
            BiFunction<Life, Database, TripManager> make,
            Function<String, TripEvent> flight) {
        scenario.reset(() -> new Database(db).update("DELETE FROM trip; TRUNCATE trip_outbox RESTART IDENTITY"));
        manager(scenario, db, make);
        participant(scenario, "hotel", BookHotel.class, HotelBooked::new, CancelHotel.class, HotelCancelled::new);
        participant(scenario, "flight", BookFlight.class, flight, CancelFlight.class, FlightCancelled::new);
    }

    private static void manager(Scenario scenario, DataSource db, BiFunction<Life, Database, TripManager> make) {
        scenario.service("trips", life -> {
            TripManager manager = make.apply(life, new Database(life.dataSource(db)));
            life.subscribe("replies", TripEvent.class, manager::on);
            life.poll("manager", () -> {
                try {
                    return manager.tick();
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            return manager;
        });
    }

    private static <B extends TripEvent, C extends TripEvent> void participant(
            Scenario scenario,
            String name,
            Class<B> book,
            Function<String, TripEvent> booked,
            Class<C> cancel,
            Function<String, TripEvent> cancelled) {
        scenario.service(name, life -> {
            life.subscribe(name, book, it -> life.send("replies", it.trip(), booked.apply(it.trip())));
            life.subscribe(name, cancel, it -> life.send("replies", it.trip(), cancelled.apply(it.trip())));
            return name + life.number();
        });
    }
}
