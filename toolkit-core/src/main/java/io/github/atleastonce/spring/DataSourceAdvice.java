package io.github.atleastonce.spring;

import io.github.atleastonce.run.DataSourceInstrumentation;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.Optional;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Hands out the connections of a data source bean: within a life those of the life, else the bare ones. */
final class DataSourceAdvice implements MethodInterceptor {

    private final ContextLives lives;
    private final DataSource bare;
    private @Nullable Lifetime owner;
    private @Nullable DataSource instrumented;

    DataSourceAdvice(ContextLives lives, DataSource bare) {
        this.lives = lives;
        this.bare = bare;
        // From the beginning: what is never used is what somebody passes by.
        lives.onBoot(this::of);
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        if (!invocation.getMethod().getName().equals("getConnection")) {
            return invocation.proceed();
        }
        Optional<Run> run = lives.run();
        Optional<Lifetime> life = lives.here();
        if (run.isEmpty() || life.isEmpty()) {
            return invocation.proceed();
        }
        DataSource own = of(run.get(), life.get());
        @Nullable Object[] arguments = invocation.getArguments();
        return arguments.length == 0
                ? own.getConnection()
                : own.getConnection((String) arguments[0], (String) arguments[1]);
    }

    private synchronized DataSource of(Run run, Lifetime life) {
        life.refuseIfDead();
        DataSource known = instrumented;
        if (known == null || owner != life) {
            known = DataSourceInstrumentation.PRESENT.instrument(run, life, bare);
            instrumented = known;
            owner = life;
        }
        return known;
    }
}
