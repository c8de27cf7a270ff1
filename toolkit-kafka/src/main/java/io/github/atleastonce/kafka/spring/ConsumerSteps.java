package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.hosted.HostedTask;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.kafka.ApplicationWire;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.spring.ContextLives;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerPostProcessor;

/**
 * Makes each commit of offsets a step: it is done when it returns, and the process may die right after it; or it fails. A thread whose life has
 * died commits nothing: neither by a listener that went on, nor by its container, which commits on closing what was acknowledged before. How
 * much a poll holds is the {@link ConsumerPolls}' business.
 */
final class ConsumerSteps<K, V> implements ConsumerPostProcessor<K, V> {

    private final ContextLives lives;
    private final PollingThreads polling;

    ConsumerSteps(ContextLives lives, PollingThreads polling) {
        this.lives = lives;
        this.polling = polling;
    }

    @Override
    public Consumer<K, V> apply(Consumer<K, V> bare) {
        return ClientProxy.over(Consumer.class, bare, new Stepping(bare));
    }

    private Optional<HostedTask> here() {
        return lives.run().flatMap(run -> HostedTasks.of(run).here());
    }

    private final class Stepping implements ClientProxy.Advice {

        private final Consumer<K, V> bare;
        private final ConsumerPolls<K, V> polls;
        private boolean closing;

        Stepping(Consumer<K, V> bare) {
            this.bare = bare;
            this.polls = new ConsumerPolls<>(bare, polling);
        }

        @Override
        public @Nullable Object on(ClientProxy.Call call) throws Throwable {
            if (call.name().equals("close")) {
                closing = true;
                try {
                    return call.proceed();
                } finally {
                    if (!isBesides()) {
                        polls.close();
                    }
                }
            }
            return call.name().startsWith("commit") && !call.name().equals("committed") ? commit(call) : polls.on(call);
        }

        /** Says whether it is of a listener's own, which uses it while its record is in hand. */
        private boolean isBesides() {
            return !polls.isOfContainer() && here().filter(HostedTask::isAtWork).isPresent();
        }

        private @Nullable Object commit(ClientProxy.Call call) throws Throwable {
            if (isBesides()) {
                return call.proceed();
            }
            Optional<Lifetime> dead = here().map(HostedTask::life).filter(Lifetime::isDead);
            if (dead.isPresent() && closing) {
                return null;
            }
            dead.ifPresent(Lifetime::refuseIfDead);
            if (polling.here().filter(ListenerTasks::isCut).isPresent()) {
                return null; // A container that stops commits what somebody else has acknowledged for it.
            }
            OffsetCommitCallback told = callback(call);
            if (polls.areLost()) {
                return fail(told);
            }
            Run run = lives.run().orElse(null);
            HostedTask task = here().filter(HostedTask::isAtWork).orElse(null);
            Map<TopicPartition, OffsetAndMetadata> offsets = offsets(call);
            if (run == null || task == null || closing || offsets.isEmpty() || isAnyTime()) {
                return call.proceed();
            }
            CommitPoint.Harm harm = harm(run);
            if (harm != CommitPoint.Harm.REFUSED) {
                Optional<ApplicationWire> wire =
                        harm == null && !bare.subscription().isEmpty() ? ApplicationWire.of(run) : Optional.empty();
                wire.ifPresent(proxy -> proxy.commits(bare.groupMetadata().groupId()));
                try {
                    bare.commitSync(offsets);
                    wire.ifPresent(ApplicationWire::done);
                } catch (CommitFailedException refused) {
                    // The broker has let another node go on meanwhile.
                    return fail(told, refused);
                } finally {
                    wire.ifPresent(ApplicationWire::forget);
                }
                polling.here().ifPresent(tasks -> tasks.committed(offsets));
            }
            if (harm != null) {
                polls.lose();
                return fail(told);
            }
            if (told != null) {
                told.onComplete(offsets, null);
            }
            run.steps().done(task.life(), new Step.Acknowledge(CommitPoint.STEP));
            return null;
        }

        private boolean isAnyTime() {
            return polling.here().filter(ListenerTasks::areCommittedAnyTime).isPresent();
        }

        /** Who has assigned partitions to himself is a member of no group that could go on without him. */
        private CommitPoint.@Nullable Harm harm(Run run) {
            List<CommitPoint.Harm> possible = new ArrayList<>();
            for (CommitPoint.Harm harm : CommitPoint.Harm.values()) {
                if (!bare.subscription().isEmpty() && run.faults().offersAtWork(harm.fault())) {
                    possible.add(harm);
                }
            }
            return possible.isEmpty()
                    ? null
                    : run.faults().choose(new CommitPoint(run.current().cause(), List.copyOf(possible)));
        }

        private @Nullable Object fail(@Nullable OffsetCommitCallback told) {
            return fail(told, new OffsetsNotCommittedException());
        }

        private @Nullable Object fail(@Nullable OffsetCommitCallback told, CommitFailedException failure) {
            if (told == null) {
                throw failure;
            }
            told.onComplete(Map.of(), failure);
            return null;
        }

        private @Nullable OffsetCommitCallback callback(ClientProxy.Call call) {
            if (!call.name().equals("commitAsync")) {
                return null;
            }
            for (int i = 0; i < call.method().getParameterCount(); i++) {
                if (call.argument(i) instanceof OffsetCommitCallback callback) {
                    return callback;
                }
            }
            return (offsets, failure) -> {}; // whoever does not ask hears nothing
        }

        /** Who names no offsets commits how far it has got. */
        @SuppressWarnings("unchecked")
        private Map<TopicPartition, OffsetAndMetadata> offsets(ClientProxy.Call call) {
            if (call.argument(0) instanceof Map<?, ?> named) {
                return (Map<TopicPartition, OffsetAndMetadata>) named;
            }
            Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
            bare.assignment()
                    .forEach(partition -> reached.put(partition, new OffsetAndMetadata(polls.position(partition))));
            return reached;
        }
    }
}
