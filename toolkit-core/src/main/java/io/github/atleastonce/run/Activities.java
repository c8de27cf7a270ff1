package io.github.atleastonce.run;

import io.github.atleastonce.schedule.Offer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that a run has to see finished before it is quiet: its transports, and whatever else takes part. */
final class Activities implements Activity {

    private List<Activity> all = List.of();
    private List<Ports> carriers = List.of();

    void add(Activity activity) {
        // What goes on beside the transports needs no message to go on.
        all = activity instanceof Ports ? join(all, List.of(activity)) : join(List.of(activity), all);
        if (activity instanceof Ports carrier) {
            carriers = join(carriers, List.of(carrier));
        }
    }

    Stream<Activity> stream() {
        return all.stream();
    }

    private static <T> List<T> join(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Finds the transport that carries a channel: the one that declares it, else the one that takes any. */
    Ports carrierOf(String channel) {
        if (carriers.size() == 1) {
            return carriers.get(0);
        }
        List<Ports> declaring =
                carriers.stream().filter(carrier -> carrier.declares(channel)).toList();
        List<Ports> found =
                declaring.isEmpty() ? carriers.stream().filter(Ports::takesAny).toList() : declaring;
        if (found.size() != 1) {
            String names = carriers.stream().map(Object::toString).collect(Collectors.joining(", "));
            throw new UsageException(
                    (found.isEmpty() ? "No transport of this run carries" : "Several transports of this run carry")
                            + " the channel '" + channel + "': declare it on exactly one of [" + names + "].");
        }
        return found.get(0);
    }

    @Override
    public boolean advance() {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).advance()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean holding() {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).holding()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean backsOff() {
        return holder().filter(Activity::backsOff).isPresent();
    }

    @Override
    public void release() {
        holder().ifPresent(Activity::release);
    }

    private Optional<Activity> holder() {
        return all.stream().filter(Activity::holding).findFirst();
    }

    @Override
    public void settled() {
        all.forEach(Activity::settled);
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        all.forEach(activity -> activity.offerLate(late));
    }

    @Override
    public void offerConcurrent(Consumer<Offer> concurrent) {
        all.forEach(activity -> activity.offerConcurrent(concurrent));
    }

    @Override
    public void died(Lifetime life) {
        all.forEach(activity -> activity.died(life));
    }

    @Override
    public List<String> leftovers() {
        if (all.size() == 1) {
            return all.get(0).leftovers();
        }
        return all.stream().flatMap(activity -> activity.leftovers().stream()).toList();
    }

    @Override
    public void close() {
        all.forEach(Activity::close);
    }
}
