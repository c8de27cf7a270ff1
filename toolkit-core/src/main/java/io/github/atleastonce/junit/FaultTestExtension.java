package io.github.atleastonce.junit;

import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/*
 * How an exploration becomes invocations of a test template.
 *
 * JUnit pulls the invocations out of a stream, runs each on the spot (the annotation fixes the execution mode) and then asks
 * for the next one. So the stream is lazy: an iterator (Invocations) asks the exploration for a trial only after JUnit has told
 * the outcome of the trial before.
 *
 * The iterator is kept in the store of the method's context, so that this extension, which all methods share, has no state.
 * It resolves the Scenario parameter, and knows when another provider or a plain @Test asks for one.
 *
 * Each trial is an invocation context that registers itself as the extension of that one invocation (TrialInvocation). What
 * belongs to a trial are then plain fields of an object that lives as long as the invocation, without look-ups. It
 *   - checks the run right after the body (AfterTestExecutionCallback),
 *   - catches what the body and the lifecycle methods throw, and puts in its place what the exploration wants shown: nothing
 *     for a suspect schedule, since the next invocation runs it again and shows what that means, the story for a confirmed one,
 *   - learns from the TestWatcher how it all ended, the callbacks of other extensions included. Only then does a trial count
 *     as passed. A failure in such a callback cannot be replaced by anything; it is shown as it is, and counts all the same.
 *
 * What no run of the test can show (nothing can be claimed; the replay diverged) is shown by one more invocation, which ends
 * before an instance of the test is made (OutcomeInvocation). Whatever can be shown where it happened is shown there: a run
 * that has decided an outcome other than a pass is never green.
 */
final class FaultTestExtension implements TestTemplateInvocationContextProvider, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FaultTestExtension.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Declaration declaration = Declaration.of(method);
        Misuse.refuse(context, declaration.where());
        KnownNames.require();
        ExtensionContext.Store all = context.getRoot().getStore(NAMESPACE);
        if (all.get(KnownNames.class) == null) {
            KnownNames.requireParameters(context);
            all.put(KnownNames.class, true);
        }
        Transports transports = TransportProviders.find(context);
        List<TestedApplication> applications = Applications.find(context, declaration.where());
        Configuration configuration = new Configuration(context, declaration);
        KeptSchedule kept = KeptSchedule.of(
                context.getRequiredTestClass(), method, configuration.directory(), configuration.wholeDirectory());
        Settings settings = configuration.settings(transports, applications, kept);
        Failures failures = new Failures(configuration.inconclusiveAborts());
        OutcomeReporter reporter = new OutcomeReporter(
                context,
                settings.replay() == null ? kept : null,
                FailureFile.of(context.getRequiredTestClass(), method, configuration.directory()),
                failures,
                configuration.directory(),
                configuration.shard());
        ProgressLine progress = ProgressLine.of(
                context.getRequiredTestClass().getSimpleName() + "." + method.getName(), configuration.showsProgress());
        Stage stage = new Stage(transports, applications, failures, declaration.where());
        RunningSchedule running = RunningSchedule.of(context.getRequiredTestClass(), method, configuration.directory());
        running.open().ifPresent(Console::line);
        Invocations invocations = new Invocations(settings, stage, reporter, progress, running);
        context.getStore(NAMESPACE).put(Invocations.class, invocations);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(invocations, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Scenario.class;
    }

    @Override
    public Scenario resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Invocations invocations = context.getStore(NAMESPACE).get(Invocations.class, Invocations.class);
        if (invocations == null || !invocations.isRunning()) {
            throw new UsageException(
                    "A Scenario belongs to one run of a @FaultTest, and this is none: remove what else makes "
                            + context.getDisplayName() + " a test, such as @Test or another provider of invocations.");
        }
        return invocations.scenario();
    }
}
