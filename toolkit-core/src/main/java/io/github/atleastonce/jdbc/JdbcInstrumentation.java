package io.github.atleastonce.jdbc;

import io.github.atleastonce.log.CrashLogs;
import io.github.atleastonce.run.DataSourceInstrumentation;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import javax.sql.DataSource;
import org.apiguardian.api.API;

/** Makes the data sources behind {@code life.dataSource(ds)}. Stateless; not meant to be called by tests. */
@API(status = API.Status.INTERNAL)
public final class JdbcInstrumentation implements DataSourceInstrumentation {

    /** Creates the instrumentation; for the service loader. */
    public JdbcInstrumentation() {}

    @Override
    public DataSource instrument(Run run, Lifetime life, DataSource bare) {
        CrashLogs.quieten();
        LifeConnections connections = new LifeConnections(run, life, bare, true);
        life.onDeath(connections::cut);
        Beside.of(run).watch(life, bare);
        CommittedState.of(run).uses(connections, bare);
        return new InstrumentedDataSource(connections);
    }

    /** What a wrapper does that only throws: it shows what the fence is for, and is used by tests of the fence alone. */
    static DataSource unfenced(Life life, DataSource bare) {
        return new InstrumentedDataSource(new LifeConnections(Run.of(life), Run.lifetime(life), bare, false));
    }
}
