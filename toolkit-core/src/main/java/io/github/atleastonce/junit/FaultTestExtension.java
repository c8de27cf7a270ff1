package io.github.atleastonce.junit;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.run.Settings;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/*
 * How an exploration becomes invocations of a test template.
 *
 * JUnit pulls the invocations out of a stream, runs each on the spot (the annotation fixes the execution mode) and then asks
 * for the next one. So the stream is lazy: an iterator (Invocations) asks the exploration for a turn only after JUnit has told
 * the outcome of the turn before.
 *
 * Each turn is an invocation context that registers itself as the extension of that one invocation (TurnInvocation). What
 * belongs to a turn are then plain fields of an object that lives as long as the invocation: no look-ups in a store on the
 * way, and no state in the extension that all methods share. It
 *   - resolves the Scenario parameter,
 *   - checks the run right after the body (AfterTestExecutionCallback),
 *   - catches what the body and the lifecycle methods throw, and puts in its place what the exploration wants shown: nothing
 *     but an abort for a suspect schedule, the story for a confirmed one,
 *   - learns from the TestWatcher how it all ended, the callbacks of other extensions included. Only then does a turn count
 *     as passed. A failure in such a callback cannot be replaced by anything; it is shown as it is, and counts all the same.
 *
 * What no run of the test can show (nothing can be claimed; the replay diverged) is shown by one more invocation, which ends
 * before an instance of the test is made (VerdictInvocation).
 */
final class FaultTestExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Declaration declaration = Declaration.of(method);
        TransportFactory transport = Transports.find(context);
        Configuration configuration = new Configuration(context, declaration);
        Settings settings = configuration.settings(transport);
        Conclusion conclusion = new Conclusion(context, configuration.inconclusiveFails());
        Iterator<TestTemplateInvocationContext> invocations =
                new Invocations(settings, transport, conclusion, declaration.where());
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(invocations, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }
}
