package io.github.atleastonce.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Set;

/** What makes equal runs differ: the wall clock and chance. */
final class Determinism {

    private static final Set<String> TYPES = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.SecureRandom",
            "java.util.concurrent.ThreadLocalRandom");

    private static final Set<String> METHODS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.identityHashCode",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Collections.shuffle",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.LocalTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.InstantSource.system");

    private static final DescribedPredicate<JavaAccess<?>> CLOCK_OR_CHANCE =
            describe("clock or chance", access -> isClockOrChance(access.getTargetOwner(), access.getName()));

    private Determinism() {}

    static ArchCondition<JavaClass> readClockOrChance() {
        return ArchConditions.accessTargetWhere(CLOCK_OR_CHANCE).as("read the wall clock or draw by chance");
    }

    private static boolean isClockOrChance(JavaClass owner, String member) {
        return TYPES.contains(owner.getName()) || METHODS.contains(owner.getName() + "." + member);
    }
}
