package io.github.atleastonce.schedule;

import org.apiguardian.api.API;

/** Marks what a fault throws into an application, so that logs are not full of what is no error. */
@API(status = API.Status.INTERNAL)
public interface Injected {}
