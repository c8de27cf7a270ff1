package io.github.atleastonce.kafka.proxy;

import java.util.function.ToIntFunction;

/**
 * Where an exchange takes place.
 *
 * @param door the name of the entrance that the client came by
 * @param ports tells by which port of this entrance a broker is reached
 * @param broker the broker at the other end
 */
record Line(String door, ToIntFunction<Upstream> ports, Upstream broker) {}
