package io.github.atleastonce.contract;

import io.github.atleastonce.channel.TransportFactory;

class InMemoryTransportContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return TransportFactory.IN_MEMORY;
    }
}
