@NullMarked
package io.github.atleastonce.house.sound.kernel;

import org.jspecify.annotations.NullMarked;
