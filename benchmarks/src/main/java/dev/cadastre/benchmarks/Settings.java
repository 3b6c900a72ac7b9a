package dev.cadastre.benchmarks;

/**
 * How long and how large to measure.
 *
 * @param rounds how often limit and load take turns, at least three
 * @param seconds length of one measurement of a rate
 * @param entities size of the estate for the queries, ten versions each
 * @param cis CIs in the history that is projected and imported
 * @param events events in that history
 * @param eventsAtStart events in the log that a server is started on
 * @param seed of everything that is generated
 */
record Settings(
        int rounds,
        double seconds,
        int entities,
        int cis,
        int events,
        int eventsAtStart,
        long seed) {

    static final Settings FULL =
            new Settings(3, 3, 200_000, 20_000, 248_000, 1_000_000, 20_260_101);

    /** Shows in minutes that everything runs; its figures mean little. */
    static final Settings QUICK = new Settings(3, 0.3, 5_000, 2_000, 20_000, 20_000, 20_260_101);
}
