package io.github.atleastonce.house.broken.stray;

final class Stray {}
