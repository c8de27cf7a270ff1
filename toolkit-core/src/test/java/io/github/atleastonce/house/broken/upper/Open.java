package io.github.atleastonce.house.broken.upper;

import io.github.atleastonce.house.broken.kernel.CommonClock;

public final class Open {
    CommonClock clock = new CommonClock();
}
