package io.github.atleastonce.http;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;

/** What may happen to the calls of third parties, which WireMock plays, and to webhooks. */
@API(status = API.Status.INTERNAL)
public final class HttpFaults implements FaultSource {

    private static final String WIREMOCK = "com.github.tomakehurst.wiremock.client.WireMock";

    /** Creates the source; for the service loader. */
    public HttpFaults() {}

    @Override
    public Set<Fault> faults() {
        EnumSet<Fault> faults =
                EnumSet.of(Fault.RESPONSE_LOST, Fault.RESPONSE_ERROR, Fault.RESPONSE_SLOW, Fault.FORGED, Fault.STALE);
        faults.removeAll(dormant());
        return faults;
    }

    @Override
    public Set<Fault> dormant() {
        return isThere(WIREMOCK)
                ? Set.of()
                : EnumSet.of(Fault.RESPONSE_LOST, Fault.RESPONSE_ERROR, Fault.RESPONSE_SLOW);
    }

    /** Says in one sentence that WireMock is not there, before the JVM says it in its own way. */
    static void requireWireMock(String party) {
        if (!isThere(WIREMOCK)) {
            throw new UsageException("ThirdParty.of(scenario, \"" + party
                    + "\") starts a WireMock: put org.wiremock:wiremock-standalone on the class path of the tests.");
        }
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, HttpFaults.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
