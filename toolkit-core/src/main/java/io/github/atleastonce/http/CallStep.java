package io.github.atleastonce.http;

import io.github.atleastonce.history.Step;

/**
 * A call of a third party, done and not yet answered.
 *
 * @param party the third party
 * @param call method and path
 * @param again whether it had been done before, so that the answer of that time is given
 */
record CallStep(String party, String call, boolean again) implements Step {

    @Override
    public String name() {
        return party + " " + call;
    }

    @Override
    public Counterpart counterpart() {
        return new Counterpart(Counterpart.Kind.THIRD_PARTY, party);
    }

    @Override
    public String remark() {
        return again ? "(answered as before)" : "";
    }
}
