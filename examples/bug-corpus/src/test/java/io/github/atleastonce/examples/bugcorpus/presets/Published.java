package io.github.atleastonce.examples.bugcorpus.presets;

/** What arrives on the channel: the row that it came from, and the order that it is about. */
record Published(String row, String order) {}
