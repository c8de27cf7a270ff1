package io.github.atleastonce.http;

import com.github.tomakehurst.wiremock.matching.UrlPattern;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.atleastonce.http.CallPoint.Harm;
import io.github.atleastonce.http.Gate.Decision;
import io.github.atleastonce.http.HttpEvent.Result;
import io.github.atleastonce.run.Activity;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one third party in one run. Each is decided on the server's thread, which stands in for the service's own while that waits
 * for the answer.
 */
final class Calls implements Activity {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int CLIENT_ERROR = 400;
    /** Ids in a path are others in each run. */
    private static final Pattern ID = Pattern.compile("/[^/]*[0-9][^/]*");

    private final Run run;
    private final String party;
    private final Gate gate;
    private final IdempotencyKeys keys;
    private final Server server;

    private Calls(Run run, String party, Server server) {
        this.run = run;
        this.party = party;
        this.gate = new Gate(server.wireMock(), this::decide);
        this.keys = new IdempotencyKeys(run.clock());
        this.server = server;
    }

    /** Follows the calls of a server until the run is over. */
    static Calls open(Run run, String party, Server server) {
        Calls calls = new Calls(run, party, server);
        calls.gate.open();
        run.join(calls);
        return calls;
    }

    String party() {
        return party;
    }

    IdempotencyKeys keys() {
        return keys;
    }

    boolean areSeen() {
        return gate.isOpen();
    }

    private Decision decide(LoggedRequest request, @Nullable StubMapping stub) {
        if (run.isOver()) {
            return Decision.Pass.INSTANCE;
        }
        Patience patience = new Patience(run);
        Decision decision = run.current().tasks().standIns().standIn(() -> {
            Lifetime life = run.current().life().orElse(null);
            if (life == null) {
                return Decision.Pass.INSTANCE;
            }
            if (life.isDead()) {
                return new Decision.Instead(Answer.RESET);
            }
            return stub == null ? Decision.Pass.INSTANCE : call(life, request, stub, patience);
        });
        // The caller's own thread may move again now, which is how it shows that it has stopped waiting.
        patience.outlast();
        return decision;
    }

    /** Whatever is thrown here is thrown on the server's thread, of which the service sees a broken connection. */
    private Decision call(Lifetime life, LoggedRequest request, StubMapping stub, Patience patience) {
        try {
            return new Call(life, request, stub, patience).perform();
        } catch (Crash crash) {
            gate.serveSilently(stub);
            return new Decision.Instead(Answer.CLOSED);
        } catch (RuntimeException failure) {
            run.history().caveats().refuse(failure);
            return new Decision.Instead(Answer.CLOSED);
        }
    }

    /** One call of a service at work. */
    private final class Call {

        private final Lifetime life;
        private final LoggedRequest request;
        private final StubMapping stub;
        private final String name;
        private final IdempotencyKeys.@Nullable Kept kept;
        private final boolean changes;
        private final Patience patience;

        Call(Lifetime life, LoggedRequest request, StubMapping stub, Patience patience) {
            this.life = life;
            this.patience = patience;
            this.request = request;
            this.stub = stub;
            this.name = request.getMethod() + " " + path(request, stub);
            this.kept = keys.find(request);
            this.changes = !SAFE.contains(request.getMethod().getName())
                    && stub.getResponse().getStatus() < CLIENT_ERROR;
        }

        Decision perform() {
            boolean keyed = kept != null && keys.given(request) != null;
            if (kept != null && keyed && !kept.isFor(request)) {
                return done(Result.REFUSED, new Decision.Instead(Answer.KEY_REUSED));
            }
            Harm harm = harm();
            if (harm != null && !harm.done) {
                record(Result.UNDONE);
                return new Decision.Instead(harm.answer);
            }
            Result result = kept != null ? Result.REPEATED : changes ? Result.DONE : Result.NO_EFFECT;
            if (result == Result.DONE) {
                keys.keep(request, stub);
            }
            if (harm != null) {
                record(result);
                if (!keyed) {
                    gate.serveSilently(stub);
                }
                if (harm == Harm.SLOW) {
                    patience.isTried(party + " " + name, life.service());
                }
                return new Decision.Instead(harm.answer);
            }
            return done(result, kept != null && keyed ? new Decision.Again(kept) : Decision.Pass.INSTANCE);
        }

        private Decision done(Result result, Decision answer) {
            record(result);
            run.steps().done(life, new CallStep(party, name, answer instanceof Decision.Again));
            return answer;
        }

        private void record(Result result) {
            run.history()
                    .add(new HttpEvent.Called(
                            run.current().actor(life), party, name, request, keys.given(request), result));
        }

        private @Nullable Harm harm() {
            List<Harm> possible = new ArrayList<>(4);
            for (Harm harm : Harm.values()) {
                if (harm.matters(changes) && run.faults().offersAtWork(harm.fault)) {
                    possible.add(harm);
                }
            }
            return possible.isEmpty()
                    ? null
                    : run.faults().choose(new CallPoint(run.current().cause(), party + " " + name, possible));
        }
    }

    /** Names the path as the test's stub does, else as it came, without what differs from run to run. */
    private static String path(LoggedRequest request, StubMapping stub) {
        UrlPattern pattern = stub.getRequest().getUrlMatcher();
        String expected = pattern == null || pattern == UrlPattern.ANY ? null : pattern.getExpected();
        if (expected == null || !expected.startsWith("/")) {
            return ID.matcher(withoutQuery(request.getUrl())).replaceAll("/{id}");
        }
        return pattern.isRegex() ? expected : withoutQuery(expected);
    }

    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public boolean holding() {
        return false;
    }

    @Override
    public void release() {
        // Whoever calls waits for the answer, so nothing is held back.
    }

    @Override
    public void settled() {
        // An effect is there at once.
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        // A third party does nothing by itself.
    }

    @Override
    public void died(Lifetime life) {
        // It keeps what it has done, and refuses whoever is dead.
    }

    @Override
    public List<String> leftovers() {
        return List.of();
    }

    @Override
    public void close() {
        gate.close();
        server.close();
    }
}
