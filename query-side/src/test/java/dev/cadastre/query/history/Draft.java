package dev.cadastre.query.history;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One fact of a random history, as numbers, so that a failing history shrinks well.
 *
 * @param thing which of {@link RandomHistory#THINGS}
 * @param kind what kind of fact
 * @param day when it became true, in days after {@link RandomHistory#FIRST_DAY}; {@link #NOW}: when
 *     it is recorded
 * @param value which value, which relation, which earlier fact
 * @param startsChangeSet whether it opens a change set or goes with the fact before it
 */
record Draft(int thing, int kind, int day, int value, boolean startsChangeSet) {

    static final int KINDS = 12;
    static final int NOW = 16;

    static Arbitrary<Draft> drafts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, RandomHistory.THINGS.size() - 1),
                        Arbitraries.integers().between(0, KINDS - 1),
                        Arbitraries.integers().between(0, NOW),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(true, true, false))
                .as(Draft::new);
    }
}
