package dev.cadastre.query.temporal;

/**
 * How many entries a view has looked at. A tally, not a promise to the last one between threads.
 */
final class Cost {
    long entries;
}
