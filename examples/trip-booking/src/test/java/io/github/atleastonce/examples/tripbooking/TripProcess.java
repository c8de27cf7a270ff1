package io.github.atleastonce.examples.tripbooking;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.atleastonce.examples.tripbooking.TripEvent.TripBooked;
import io.github.atleastonce.examples.tripbooking.TripEvent.TripFailed;
import io.github.atleastonce.http.ThirdParty;
import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.saga.Sagas;
import io.github.atleastonce.scenario.Scenario;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The body of the tests, with the third parties for all tests of a class: two trips, for the second of which there is no train. */
final class TripProcess implements BeforeAllCallback, AfterAllCallback {

    private final JdbcConnectionPool db = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=100", "sa", "");
    /** One for all lives: each has threads of its own. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final WireMockServer hotel = server();
    private final WireMockServer flight = server();
    private final WireMockServer train = server();

    private static WireMockServer server() {
        return new WireMockServer(WireMockConfiguration.options().dynamicPort());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        new ResourceDatabasePopulator(new ClassPathResource("trips.sql")).execute(db);
        for (WireMockServer server : Set.of(hotel, flight, train)) {
            server.start();
            server.stubFor(post("/bookings").willReturn(aResponse().withStatus(201)));
            server.stubFor(delete(urlPathMatching("/bookings/.*"))
                    .willReturn(aResponse().withStatus(204)));
        }
        train.stubFor(post("/bookings")
                .withRequestBody(containing("t-2"))
                .willReturn(aResponse().withStatus(409)));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        hotel.stop();
        flight.stop();
        train.stop();
        db.dispose();
    }

    void body(Scenario scenario, TripManager.Care care) {
        scenario.reset(() -> new JdbcTemplate(db).update("DELETE FROM trip"));
        ThirdParty hotels = ThirdParty.of(scenario, "hotel", hotel);
        ThirdParty flights = ThirdParty.of(scenario, "flight", flight);
        ThirdParty trains = ThirdParty.of(scenario, "train", train);
        scenario.service("trips", life -> {
            TripManager manager = new TripManager(
                    life.dataSource(db),
                    new Bookings(client, hotel.baseUrl()),
                    new Bookings(client, flight.baseUrl()),
                    new Bookings(client, train.baseUrl()),
                    event -> life.send("trips", event.trip(), event),
                    care);
            life.subscribe("requests", BookTrip.class, manager::on);
            life.poll("manager", manager::tick);
            life.poll("relay", manager::relay);
            return manager;
        });

        scenario.channel("requests").send("t-1", new BookTrip("t-1"));
        scenario.channel("requests").send("t-2", new BookTrip("t-2"));

        Saga trip = Saga.correlatedByKey()
                .startedBy(BookTrip.class)
                .step("hotel")
                .doneBy("booking of a hotel", () -> booked(hotels))
                .step("flight")
                .doneBy("booking of a flight", () -> booked(flights))
                .step("train")
                .doneBy("booking of a train", () -> booked(trains))
                .ends(TripBooked.class)
                .orEnds(TripFailed.class);
        assertThat(Sagas.of(scenario, trip)).endsExactlyOnce().isAllOrNothing().coversEveryEnding();
        assertThat(hotels).happenedAtMostOncePer(TripProcess::tripToBook);
        assertThat(flights).happenedAtMostOncePer(TripProcess::tripToBook);
        assertThat(trains).happenedAtMostOncePer(TripProcess::tripToBook);
    }

    /** The trips for which something is booked at a third party and not cancelled. */
    private static Set<String> booked(ThirdParty party) {
        Set<String> booked = new TreeSet<>();
        for (LoggedRequest request : party.effects()) {
            String trip = tripToBook(request);
            if (trip != null) {
                booked.add(trip);
            } else {
                booked.remove(request.getUrl().substring("/bookings/".length()));
            }
        }
        return booked;
    }

    private static @Nullable String tripToBook(LoggedRequest request) {
        String body = request.getBodyAsString();
        return body.isEmpty() ? null : body.substring(body.indexOf("t-"), body.indexOf("t-") + 3);
    }
}
