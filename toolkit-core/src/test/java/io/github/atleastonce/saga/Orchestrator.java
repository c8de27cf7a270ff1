package io.github.atleastonce.saga;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.saga.OrderEvent.BookDelivery;
import io.github.atleastonce.saga.OrderEvent.CreditRefused;
import io.github.atleastonce.saga.OrderEvent.CreditReleased;
import io.github.atleastonce.saga.OrderEvent.CreditReserved;
import io.github.atleastonce.saga.OrderEvent.DeliveryBooked;
import io.github.atleastonce.saga.OrderEvent.DeliveryRefused;
import io.github.atleastonce.saga.OrderEvent.OrderApproved;
import io.github.atleastonce.saga.OrderEvent.OrderPlaced;
import io.github.atleastonce.saga.OrderEvent.OrderRejected;
import io.github.atleastonce.saga.OrderEvent.ReleaseCredit;
import io.github.atleastonce.saga.OrderEvent.ReleaseStock;
import io.github.atleastonce.saga.OrderEvent.ReserveCredit;
import io.github.atleastonce.saga.OrderEvent.ReserveStock;
import io.github.atleastonce.saga.OrderEvent.StockRefused;
import io.github.atleastonce.saga.OrderEvent.StockReleased;
import io.github.atleastonce.saga.OrderEvent.StockReserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Leads an order through credit, stock and delivery, with a state and an outbox that are committed together. */
final class Orchestrator {

    static final Duration PATIENCE = Duration.ofMinutes(15);

    /** What it may do wrong. */
    enum Bug {
        NONE,
        /** Handles a reply again that it has handled. */
        HANDLES_REPLIES_AGAIN,
        /** Commits its state, and then what is to be sent. */
        COMMITS_IN_TWO,
        /** Does not undo the first step. */
        FORGETS_THE_CREDIT,
        /** Undoes in the order in which it was done. */
        UNDOES_FORWARD,
        /** Undoes a step that was refused. */
        UNDOES_WHAT_WAS_REFUSED,
        /** Goes on with what comes after the end. */
        GOES_ON_AFTER_THE_END,
        /** Waits for ever. */
        NEVER_TIMES_OUT,
        /** Takes a reply that does not come for consent. */
        TAKES_SILENCE_FOR_CONSENT
    }

    /** What outlives it. */
    static final class Database {

        final Map<String, String> states = new HashMap<>();
        final Map<String, Instant> deadlines = new HashMap<>();
        final List<OrderEvent> outbox = new ArrayList<>();
        int ids;
    }

    private final Life life;
    private final Database db;
    private final Bug bug;

    Orchestrator(Life life, Database db, Bug bug) {
        this.life = life;
        this.db = db;
        this.bug = bug;
        life.subscribe("orders", OrderPlaced.class, placed -> go(placed, "none", "credit"));
        life.subscribe("replies", OrderEvent.class, this::on);
        life.poll("deadlines", this::looksAtDeadlines);
        life.poll("relay", this::relay);
    }

    private void on(OrderEvent reply) {
        if (reply instanceof CreditReserved) {
            go(reply, "credit", "stock");
        } else if (reply instanceof CreditRefused) {
            go(reply, "credit", "rejected");
        } else if (reply instanceof StockReserved) {
            go(reply, "stock", "delivery");
        } else if (reply instanceof StockRefused) {
            go(reply, "stock", bug == Bug.UNDOES_WHAT_WAS_REFUSED ? "undo stock" : "undo credit");
        } else if (reply instanceof DeliveryBooked) {
            go(reply, "delivery", "approved");
        } else if (reply instanceof DeliveryRefused) {
            go(reply, "delivery", bug == Bug.UNDOES_FORWARD ? "undo credit" : "undo stock");
        } else if (reply instanceof StockReleased) {
            boolean last = bug == Bug.UNDOES_FORWARD || bug == Bug.FORGETS_THE_CREDIT;
            go(reply, "undo stock", last ? "rejected" : "undo credit");
        } else if (reply instanceof CreditReleased) {
            go(reply, "undo credit", bug == Bug.UNDOES_FORWARD ? "undo stock" : "rejected");
        }
    }

    private void go(OrderEvent heard, String from, String to) {
        String order = heard.orderId();
        String state = db.states.getOrDefault(order, "none");
        boolean again = bug == Bug.HANDLES_REPLIES_AGAIN && state.equals(to)
                || bug == Bug.GOES_ON_AFTER_THE_END && state.equals("approved") && heard instanceof StockReserved;
        if (!state.equals(from) && !again) {
            return;
        }
        if (bug == Bug.COMMITS_IN_TWO) {
            life.step("commit state", () -> enter(order, to));
            life.step("commit outbox", () -> announce(order, to));
        } else {
            life.step("commit", () -> {
                enter(order, to);
                announce(order, to);
            });
        }
    }

    private void enter(String order, String state) {
        db.states.put(order, state);
        if (state.equals("stock")) {
            db.deadlines.put(order, life.clock().instant().plus(PATIENCE));
        } else {
            db.deadlines.remove(order);
        }
    }

    private void announce(String order, String state) {
        db.outbox.add(
                switch (state) {
                    case "credit" -> new ReserveCredit(order, ++db.ids);
                    case "stock" -> new ReserveStock(order, ++db.ids);
                    case "delivery" -> new BookDelivery(order, ++db.ids);
                    case "undo stock" -> new ReleaseStock(order);
                    case "undo credit" -> new ReleaseCredit(order);
                    case "approved" -> new OrderApproved(order, ++db.ids);
                    default -> new OrderRejected(order, ++db.ids);
                });
    }

    private boolean looksAtDeadlines() {
        if (bug == Bug.NEVER_TIMES_OUT) {
            return false;
        }
        List<String> late = db.deadlines.entrySet().stream()
                .filter(deadline -> !deadline.getValue().isAfter(life.clock().instant()))
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(order ->
                go(new StockRefused(order), "stock", bug == Bug.TAKES_SILENCE_FOR_CONSENT ? "approved" : "undo stock"));
        return !late.isEmpty();
    }

    private boolean relay() {
        if (db.outbox.isEmpty()) {
            return false;
        }
        OrderEvent next = db.outbox.get(0);
        life.send(channelOf(next), next.orderId(), next);
        life.step("mark", () -> db.outbox.remove(0));
        return true;
    }

    private static String channelOf(OrderEvent event) {
        if (event instanceof ReserveCredit || event instanceof ReleaseCredit) {
            return "credit";
        }
        if (event instanceof ReserveStock || event instanceof ReleaseStock) {
            return "stock";
        }
        return event instanceof BookDelivery ? "delivery" : "outcomes";
    }
}
