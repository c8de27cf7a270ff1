package io.github.atleastonce.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.scenario.Scenario;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Sagas. What is declared outside of the boot stands for the database. */
final class Sagas {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private Sagas() {}

    static Stream<Sketch> all() {
        return Stream.of(
                Sketch.of("a reply that comes twice commands the next step twice", Sagas::commandsTwice),
                Sketch.of("the state is stored before its command is sent", Sagas::storesBeforeSending),
                Sketch.of("a late success after the time-out is passed over", Sagas::ignoresLateSuccess),
                Sketch.of("the time-out is in memory only", Sagas::forgetsTimeOut),
                Sketch.of("the cancellation overtakes the booking", Sagas::cancelsTooEarly),
                Sketch.of("the compensation forgets a step", Sagas::forgetsToCompensate));
    }

    private static void commandsTwice(Scenario scenario, boolean right) {
        Set<String> charges = new HashSet<>();
        int[] numbers = {0};
        scenario.consumer("payments", "charges", String.class, charges::add);
        scenario.service("stock", life -> {
            life.subscribe("reservations", String.class, trip -> life.send("reserved", trip, trip));
            return life;
        });
        scenario.service("trips", life -> {
            life.subscribe("orders", String.class, trip -> life.send("reservations", trip, trip));
            life.subscribe(
                    "reserved",
                    String.class,
                    trip -> life.send("charges", trip, right ? "charge of " + trip : "charge " + ++numbers[0]));
            return life;
        });
        scenario.channel("orders").send("t-1", "t-1");
        scenario.settle();
        assertThat(charges).hasSize(1);
    }

    private static void storesBeforeSending(Scenario scenario, boolean right) {
        Map<String, String> states = new HashMap<>();
        Set<String> hotels = new HashSet<>();
        scenario.consumer("hotels", "bookings", String.class, hotels::add);
        scenario.service("trips", life -> {
            life.subscribe("orders", String.class, trip -> {
                if (states.containsKey(trip)) {
                    return;
                }
                if (right) {
                    life.send("bookings", trip, trip);
                    life.step("commit", () -> states.put(trip, "HOTEL"));
                } else {
                    life.step("commit", () -> states.put(trip, "HOTEL"));
                    life.send("bookings", trip, trip);
                }
            });
            return life;
        });
        scenario.channel("orders").send("t-1", "t-1");
        scenario.settle();
        assertThat(hotels).containsExactly("t-1");
    }

    private static void ignoresLateSuccess(Scenario scenario, boolean right) {
        Map<String, String> states = new HashMap<>();
        Set<String> rooms = new HashSet<>();
        scenario.service("hotels", life -> {
            life.subscribe("bookings", String.class, trip -> {
                life.step("commit", () -> rooms.add(trip));
                life.send("booked", trip, trip);
            });
            life.subscribe("releases", String.class, trip -> life.step("commit", () -> rooms.remove(trip)));
            return life;
        });
        scenario.service("trips", life -> {
            life.subscribe("orders", String.class, trip -> {
                life.step("commit", () -> states.putIfAbsent(trip, "PENDING"));
                life.send("bookings", trip, trip);
                life.after(PATIENCE, () -> states.replace(trip, "PENDING", "CANCELLED"));
            });
            life.subscribe("booked", String.class, trip -> {
                states.replace(trip, "PENDING", "CONFIRMED");
                if (right && "CANCELLED".equals(states.get(trip))) {
                    life.send("releases", trip, trip);
                }
            });
            return life;
        });
        scenario.channel("orders").send("t-1", "t-1");
        scenario.settle();
        assertThat(states.get("t-1")).isIn("CONFIRMED", "CANCELLED");
        assertThat(rooms.contains("t-1")).isEqualTo("CONFIRMED".equals(states.get("t-1")));
    }

    private static void forgetsTimeOut(Scenario scenario, boolean right) {
        Set<String> unpaid = new TreeSet<>();
        Set<String> cancelled = new TreeSet<>();
        scenario.service("shop", life -> {
            if (right) {
                unpaid.forEach(order -> life.after(PATIENCE, () -> cancelled.add(order)));
            }
            life.subscribe("orders", String.class, order -> {
                life.step("commit", () -> unpaid.add(order));
                life.after(PATIENCE, () -> cancelled.add(order));
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.channel("orders").send("o-2", "o-2");
        scenario.settle();
        scenario.elapse(Duration.ofHours(1));
        scenario.settle();
        assertThat(cancelled).containsExactly("o-1", "o-2");
    }

    private static void cancelsTooEarly(Scenario scenario, boolean right) {
        Set<String> booked = new HashSet<>();
        Set<String> cancelled = new HashSet<>();
        scenario.service("hotels", life -> {
            life.subscribe("bookings", String.class, trip -> {
                if (!right || !cancelled.contains(trip)) {
                    booked.add(trip);
                }
            });
            life.subscribe("cancellations", String.class, trip -> {
                cancelled.add(trip);
                booked.remove(trip);
            });
            return life;
        });
        scenario.channel("bookings").send("t-1", "t-1");
        scenario.channel("cancellations").send("t-1", "t-1");
        scenario.settle();
        assertThat(cancelled).containsExactly("t-1");
        assertThat(booked).isEmpty();
    }

    private static void forgetsToCompensate(Scenario scenario, boolean right) {
        Map<String, Set<String>> booked = new HashMap<>();
        Set<String> cancelled = new HashSet<>();
        scenario.consumer(
                "cars", "bookings", String.class, trip -> booked.get(trip).add("car"));
        scenario.service("trips", life -> {
            life.subscribe("orders", String.class, trip -> {
                if (cancelled.contains(trip)) {
                    return;
                }
                booked.computeIfAbsent(trip, any -> new TreeSet<>()).addAll(Set.of("flight", "hotel"));
                life.step("commit");
                life.send("bookings", trip, trip);
                life.after(PATIENCE, () -> compensate(booked.get(trip), cancelled, trip, right));
            });
            return life;
        });
        scenario.channel("orders").send("t-1", "t-1");
        scenario.settle();
        Set<String> left = new TreeSet<>(booked.get("t-1"));
        if (cancelled.contains("t-1")) {
            left.remove("car");
            assertThat(left)
                    .as("what stays booked of a trip that was cancelled")
                    .isEmpty();
        } else {
            assertThat(left).containsExactly("car", "flight", "hotel");
        }
    }

    private static void compensate(Set<String> booked, Set<String> cancelled, String trip, boolean right) {
        if (booked.contains("car")) {
            return;
        }
        cancelled.add(trip);
        booked.remove("hotel");
        if (right) {
            booked.remove("flight");
        }
    }
}
