package io.github.atleastonce.examples.architecture;

import io.github.atleastonce.archrules.ArchitectureCheck;
import io.github.atleastonce.archrules.ArchitectureTest;
import io.github.atleastonce.archrules.model.Architecture;

/** All that a project with one package a context needs to write. */
class ShopArchitectureTests implements ArchitectureTest {

    @Override
    public ArchitectureCheck check() {
        return ArchitectureCheck.of(Architecture.of("io.github.atleastonce.examples.architecture.clean")
                .contextPerPackage());
    }
}
