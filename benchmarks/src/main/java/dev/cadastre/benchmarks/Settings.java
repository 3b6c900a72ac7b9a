package dev.cadastre.benchmarks;

/**
 * How long and how large to measure.
 *
 * @param rounds how often limit and load take turns, at least three
 * @param seconds length of one measurement of a rate
 * @param entities size of the estate for the queries, ten versions each
 * @param seed of everything that is generated
 */
record Settings(int rounds, double seconds, int entities, long seed) {

    static final Settings FULL = new Settings(3, 3, 200_000, 20_260_101);

    /** Shows in a minute that everything runs; its figures mean little. */
    static final Settings QUICK = new Settings(3, 0.3, 5_000, 20_260_101);
}
