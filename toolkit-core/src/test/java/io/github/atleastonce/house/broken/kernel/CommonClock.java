package io.github.atleastonce.house.broken.kernel;

import io.github.atleastonce.house.broken.upper.Open;
import java.time.Instant;
import org.assertj.core.api.Assertions;

public class CommonClock {
    static int calls;

    void read(Open open) {
        calls++;
        System.out.println(Instant.now() + " " + open);
        Assertions.fail("a library in the kernel");
    }
}
