@NullMarked
package io.github.atleastonce.house.sound.upper;

import org.jspecify.annotations.NullMarked;
