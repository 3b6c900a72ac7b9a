package dev.cadastre.query.shared.claims;

import java.util.OptionalLong;

/**
 * Which of several processes does the work that need be done once only. It is a lease: whoever does
 * not renew it in time loses it. A process may sleep between asking and acting, so what must not be
 * done twice is guarded by the epoch besides. Thread-safe.
 */
public interface Claim extends AutoCloseable {

    /** The claim where there is one process only. */
    Claim ALWAYS =
            new Claim() {
                @Override
                public boolean isHeld() {
                    return true;
                }

                @Override
                public OptionalLong epoch() {
                    return OptionalLong.of(0);
                }

                @Override
                public void close() {
                    // There is nobody to let it go to.
                }
            };

    /**
     * Whether this process has it; takes it if nobody has. To be called again and again: it is
     * renewed thereby, though others are asked only now and then.
     *
     * @throws RuntimeException if it cannot be told now
     */
    boolean isHeld();

    /**
     * The epoch in which this process has it at this moment; empty if it does not, or has not
     * renewed it in time. Whoever takes the claim does so in a higher epoch than all before. Asks
     * nobody and never waits.
     */
    OptionalLong epoch();

    /** Lets the next process have it at once. */
    @Override
    void close();
}
