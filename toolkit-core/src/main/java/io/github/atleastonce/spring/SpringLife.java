package io.github.atleastonce.spring;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import org.apiguardian.api.API;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Lets a Spring context be one life of a service, or of a node: it is started by the life and closed when that ends, so that its beans die with it.
 *
 * <pre>{@code
 * scenario.nodes("credit", 2, life -> new SpringApplicationBuilder(CreditApplication.class)
 *         .initializers(SpringLife.of(life))
 *         .run());
 * }</pre>
 *
 * <p>Its data sources, executors, scheduled methods, producers and listener containers take part in the run, as those of the context of a test do. Two
 * contexts are there at the same time: let them have ports of their own, or no web server. Used on the thread of the test only.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class SpringLife implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private final Life life;

    private SpringLife(Life life) {
        this.life = life;
    }

    /**
     * Returns the initializer for a context that is started by a life.
     *
     * @param life the life, as the lambda that boots the service got it
     * @return what is to be given to {@code SpringApplicationBuilder.initializers}, or applied to a context before it is refreshed
     */
    public static SpringLife of(Life life) {
        return new SpringLife(life);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Run run = Run.of(life);
        Lifetime lifetime = Run.lifetime(life);
        DeadContexts dead = run.belonging(DeadContexts.class, DeadContexts::new);
        dead.awaitClosed();
        ContextLives lives = FaultContextCustomizer.follow(context);
        lives.beginOnly(run, lifetime);
        FaultContextCustomizer.extend(context);
        context.addApplicationListener((ApplicationListener<ContextRefreshedEvent>) refreshed -> {
            if (refreshed.getApplicationContext() == context) {
                // After all other fences: what it closes is cut off already.
                lifetime.onDeath(() -> dead.close(context));
                new ScheduledPollers(context).join(life);
            }
        });
    }
}
