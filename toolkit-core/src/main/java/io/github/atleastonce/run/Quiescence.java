package io.github.atleastonce.run;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings a run to rest: deliveries first, then the pollers, then what a DELAY holds, and only then is all quiet, when
 * things may still happen late.
 */
final class Quiescence {

    private final Run run;
    private final List<String> busy = new ArrayList<>(0);
    private boolean settling;
    private int settled;

    Quiescence(Run run) {
        this.run = run;
    }

    void settle() {
        if (settling) {
            throw new UsageException(
                    "settle() was called while it was settling already: call it from the body of the test, "
                            + "not from a handler, poller, timer or claim.");
        }
        settling = true;
        try {
            toRest();
        } finally {
            settling = false;
        }
    }

    private void toRest() {
        settled++;
        Activity transport = run.transport();
        int work = 0;
        boolean waited = false;
        while (true) {
            if (transport.advance() || tick()) {
                if (++work > run.bounds().maxDeliveries()) {
                    List<String> leftovers = new ArrayList<>(transport.leftovers());
                    leftovers.addAll(busy);
                    throw new NotSettledException(run.bounds(), leftovers);
                }
                run.checkClaims();
            } else if (transport.holding()) {
                // Time passes while a message is held, and what that sets off is over before the message arrives.
                if (waited) {
                    transport.release();
                } else {
                    Duration jump = run.timers().nextJump(run.bounds().delay());
                    run.elapse(jump);
                    run.checkClaims();
                }
                waited = !waited;
            } else {
                transport.settled();
                if (!somethingLate(transport)) {
                    run.history().add(new Event.Settled(settled));
                    return;
                }
                run.checkClaims();
            }
        }
    }

    private boolean tick() {
        busy.clear();
        boolean found = false;
        List<Service<?>> services = run.services();
        for (int i = 0; i < services.size(); i++) {
            Life life = services.get(i).life();
            List<Life.Poller> pollers = life.pollers();
            for (int j = 0; j < pollers.size() && !life.isDead(); j++) {
                found |= tick(life, pollers.get(j));
            }
        }
        return found;
    }

    private boolean tick(Life life, Life.Poller poller) {
        int before = run.history().events().size();
        int injected = run.injections().count();
        boolean[] found = new boolean[1];
        try {
            run.inLife(
                    life,
                    new NamedCause(life.service(), poller.name()),
                    () -> found[0] = poller.tick().getAsBoolean());
        } finally {
            if (found[0] || run.history().events().size() > before) {
                run.history().insert(before, new Event.Polled(life.service(), poller.name()));
            }
        }
        if (found[0]) {
            busy.add(
                    "the poller '" + poller.name() + "' of '" + life.service() + "', which finds work again and again");
        }
        return found[0] || life.isDead() || run.injections().count() > injected;
    }

    /** Offers the ticks of a life's pollers to happen at the same time as something else: another instance may tick. */
    void offerTicks(Life life, Consumer<Activity.Late> offers) {
        for (Life.Poller poller : life.pollers()) {
            NamedCause cause = new NamedCause(life.service(), poller.name());
            offers.accept(new Activity.Late(
                    new Option(Fault.CONCURRENT, cause.name(), cause.title() + " at the same time"),
                    () -> tick(life, poller)));
        }
    }

    private boolean somethingLate(Activity transport) {
        boolean crash = run.offers(Fault.CRASH);
        if (!crash && !run.offers(Fault.DUPLICATE)) {
            return false;
        }
        List<Activity.Late> late = new ArrayList<>();
        transport.offerLate(late::add);
        if (crash) {
            for (Service<?> service : run.services()) {
                String phrase = "crash of " + service.name() + " while all is quiet";
                Life life = service.life();
                late.add(new Activity.Late(new Option(Fault.CRASH, service.name(), phrase), () -> {
                    life.die("while all is quiet");
                    run.revive(life);
                }));
            }
        }
        if (late.isEmpty()) {
            return false;
        }
        int choice = run.choose(
                new QuietPoint(late.stream().map(Activity.Late::option).toList()));
        if (choice == 0) {
            return false;
        }
        late.get(choice - 1).effect().run();
        return true;
    }

    private record QuietPoint(List<Option> late) implements ChoicePoint {

        @Override
        public String name() {
            return "quiet";
        }

        @Override
        public int options() {
            return late.size();
        }

        @Override
        public Option option(int choice) {
            return late.get(choice - 1);
        }
    }
}
