package io.github.atleastonce.run;

import java.util.ServiceLoader;
import javax.sql.DataSource;
import org.apiguardian.api.API;

/** Instruments data sources for lives. Found by {@link ServiceLoader}, so that this room need not know the one that does it. */
@API(status = API.Status.INTERNAL)
public interface DataSourceInstrumentation {

    /** The instrumentation on the class path. */
    DataSourceInstrumentation PRESENT = ServiceLoader.load(
                    DataSourceInstrumentation.class, DataSourceInstrumentation.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new UsageException("No instrumentation of data sources was found: the file "
                    + "META-INF/services/" + DataSourceInstrumentation.class.getName()
                    + " of toolkit-core is missing from the class path."));

    /**
     * Instruments a data source.
     *
     * @param run the run that the life is part of
     * @param life the life that uses it
     * @param bare the data source of the database
     * @return the data source for that life
     */
    DataSource instrument(Run run, Lifetime life, DataSource bare);
}
