package io.github.atleastonce.state;

import java.lang.ref.Reference;
import java.lang.reflect.Proxy;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.AbstractSequentialList;
import java.util.AbstractSet;
import java.util.BitSet;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is in objects of Java's own classes, whose fields nobody may look at, by what they tell. */
final class Known {

    /** They keep nothing themselves: whoever extends them has fields of his own. */
    private static final Set<Class<?>> BARE = Set.of(
            AbstractCollection.class,
            AbstractList.class,
            AbstractSequentialList.class,
            AbstractSet.class,
            AbstractQueue.class,
            AbstractMap.class);

    private final MemoryWalk walk;

    Known(MemoryWalk walk) {
        this.walk = walk;
    }

    /** Says whether objects of a class of Java are read here. */
    static boolean reads(Class<?> type) {
        return Map.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type)
                || Map.Entry.class.isAssignableFrom(type)
                || Reference.class.isAssignableFrom(type)
                || Throwable.class.isAssignableFrom(type)
                || Proxy.isProxyClass(type)
                || isALock(type)
                || type == Optional.class
                || type == AtomicReference.class
                || type == AtomicReferenceArray.class
                || type == AtomicStampedReference.class
                || type == AtomicMarkableReference.class
                || type == AtomicBoolean.class
                || type == BitSet.class
                || type == CompletableFuture.class
                || type == FutureTask.class;
    }

    private static boolean isALock(Class<?> type) {
        return Lock.class.isAssignableFrom(type)
                || ReadWriteLock.class.isAssignableFrom(type)
                || Condition.class.isAssignableFrom(type)
                || type == StampedLock.class;
    }

    /** Tells a value, or what a variable is now. */
    static String text(Object object) {
        if (object instanceof Enum<?> one) {
            return one.name();
        }
        if (object instanceof Class<?> type) {
            return type.getName();
        }
        if (object instanceof Pattern pattern) {
            return pattern.flags() + " " + pattern;
        }
        if (object instanceof Date date) {
            return date.getTime() + " " + date;
        }
        if (object instanceof java.io.ByteArrayOutputStream bytes) {
            return java.util.HexFormat.of().formatHex(bytes.toByteArray());
        }
        if (object instanceof java.util.concurrent.Semaphore semaphore) {
            return semaphore.availablePermits() + (semaphore.isFair() ? " fair" : "");
        }
        if (object instanceof java.util.concurrent.CountDownLatch latch) {
            return Long.toString(latch.getCount());
        }
        return object.toString();
    }

    /** Writes what is in an object, or says that it cannot. */
    void write(Object object, StringBuilder out) throws ReflectiveOperationException {
        if (object instanceof Map<?, ?> map) {
            if (!isBare(map.getClass())) {
                walk.entries(map, out);
            }
        } else if (object instanceof Collection<?> collection) {
            if (!isBare(collection.getClass())) {
                walk.elements(collection, out);
                if (collection instanceof BlockingQueue<?> queue) {
                    out.append(queue.remainingCapacity());
                }
            }
        } else if (object instanceof Map.Entry<?, ?> entry) {
            all(out, entry.getKey(), entry.getValue());
        } else if (object instanceof Optional<?> optional) {
            all(out, optional.orElse(null));
        } else if (object instanceof Reference<?> reference) {
            all(out, reference.get());
        } else if (object instanceof Throwable failure) {
            all(out, failure.getMessage(), failure.getCause(), failure.getSuppressed());
        } else if (Proxy.isProxyClass(object.getClass())) {
            all(out, Proxy.getInvocationHandler(object));
        } else if (isALock(object.getClass())) {
            lock(object);
        } else if (object instanceof BitSet || object instanceof AtomicBoolean) {
            out.append(object);
        } else if (object instanceof CompletableFuture<?> future) {
            future(future, out);
        } else if (object instanceof FutureTask<?> task) {
            task(task, out);
        } else {
            atomic(object, out);
        }
    }

    private void atomic(Object object, StringBuilder out) {
        if (object instanceof AtomicReference<?> reference) {
            all(out, reference.get());
        } else if (object instanceof AtomicReferenceArray<?> array) {
            for (int i = 0; i < array.length() && !walk.isSpent(); i++) {
                all(out, array.get(i));
            }
        } else if (object instanceof AtomicStampedReference<?> reference) {
            int[] stamp = new int[1];
            all(out, reference.get(stamp), stamp[0]);
        } else if (object instanceof AtomicMarkableReference<?> reference) {
            boolean[] mark = new boolean[1];
            all(out, reference.get(mark), mark[0]);
        } else {
            walk.unreadable(object);
        }
    }

    private void all(StringBuilder out, @Nullable Object... parts) {
        for (Object part : parts) {
            walk.write(part, out);
            out.append(',');
        }
    }

    /** Says whether a collection of somebody's own keeps all that it has in its own fields, so that its code need not be run. */
    private static boolean isBare(Class<?> type) {
        Class<?> inherited = type;
        while (inherited != null && !Shape.isOfJava(inherited)) {
            inherited = inherited.getSuperclass();
        }
        return inherited != type && (inherited == null || inherited == Object.class || BARE.contains(inherited));
    }

    /** A lock that nobody holds is like any other. */
    private void lock(Object lock) {
        String text = lock.toString();
        boolean free = lock instanceof Condition
                || text.endsWith("[Unlocked]")
                || text.endsWith("[Read locks = 0]")
                || text.endsWith("[Write locks = 0, Read locks = 0]");
        if (!free) {
            walk.unreadable(lock);
        }
    }

    private void future(CompletableFuture<?> future, StringBuilder out) {
        if (!future.isDone() || future.getNumberOfDependents() > 0) {
            walk.unreadable(future);
        } else if (future.isCompletedExceptionally()) {
            all(out, "failed", future.handle((any, failure) -> failure).join());
        } else {
            all(out, "done", future.join());
        }
    }

    private void task(FutureTask<?> task, StringBuilder out) {
        if (!task.isDone()) {
            walk.unreadable(task);
            return;
        }
        try {
            all(out, task.isCancelled() ? "cancelled" : task.get());
        } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
            all(out, "failed", failure.getCause());
        }
    }
}
