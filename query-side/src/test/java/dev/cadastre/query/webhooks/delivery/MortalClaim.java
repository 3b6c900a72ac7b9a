package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.query.shared.claims.Claim;
import java.util.OptionalLong;

/** The claim of a process that may stand still, or die, as a process does: without a word. */
final class MortalClaim implements Claim {

    private final Claim claim;
    private volatile boolean paused;
    private volatile boolean dead;

    MortalClaim(Claim claim) {
        this.claim = claim;
    }

    /** Renews it no more; it runs out by itself. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** Sends nothing more and keeps nothing more, and does not give the claim up. */
    void die() {
        dead = true;
    }

    @Override
    public boolean isHeld() {
        if (paused || dead) {
            throw new IllegalStateException("it stands still");
        }
        return claim.isHeld();
    }

    @Override
    public OptionalLong epoch() {
        return dead ? OptionalLong.empty() : claim.epoch();
    }

    @Override
    public void close() {
        if (!dead) {
            claim.close();
        }
    }
}
