package io.github.atleastonce.examples.process.truth;

/** Which precautions the service takes. */
enum Variant {
    /** It forgets what it has done, and reserves again. */
    FORGETFUL,
    /** It remembers, but announces only what it does for the first time: a death between the two leaves a reservation that nobody hears of. */
    SILENT_AFTERWARDS,
    /** It remembers, and announces whatever it is given. */
    CORRECT
}
