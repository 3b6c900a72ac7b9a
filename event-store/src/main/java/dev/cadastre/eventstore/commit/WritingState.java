package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the log takes appends, and if not, why. May be used by any thread. */
final class WritingState {

    private static final Logger LOGGER = LoggerFactory.getLogger(WritingState.class);

    private final AtomicReference<@Nullable String> endedBecause = new AtomicReference<>();
    private final AtomicReference<@Nullable String> awayBecause = new AtomicReference<>();

    /** Ends writing until a restart. */
    void end(String reason, Throwable cause) {
        if (endedBecause.compareAndSet(null, reason)) {
            LOGGER.error("The log is read-only from now on: {}", reason, cause);
        }
    }

    /** Ends writing because of what the store holds. */
    void contradicted(LogException.Corrupt cause) {
        end("The stored log contradicts itself. " + cause.getMessage(), cause);
    }

    /** The store does not answer, or cannot write, and is expected to come back. */
    void away(RuntimeException cause) {
        String reason = "The store takes no writes now. " + cause.getMessage();
        if (awayBecause.getAndSet(reason) == null) {
            LOGGER.warn("The log takes no appends until the store takes writes again", cause);
        }
    }

    /** The store answers and takes writes. */
    void back() {
        if (awayBecause.getAndSet(null) != null) {
            LOGGER.info("The store takes writes again; the log takes appends");
        }
    }

    boolean hasEnded() {
        return endedBecause.get() != null;
    }

    boolean isAway() {
        return awayBecause.get() != null;
    }

    Optional<String> reason() {
        String ended = endedBecause.get();
        return Optional.ofNullable(ended == null ? awayBecause.get() : ended);
    }

    /** What who wants to append is told. */
    Unavailable refusal() {
        String ended = endedBecause.get();
        if (ended != null) {
            return new Unavailable(
                    "The log is read-only. " + ended + " Restart once that is put right.", null);
        }
        String away = awayBecause.get();
        return new Unavailable(
                away == null
                        ? "The log is closed."
                        : away
                                + " Whether this was recorded is settled once it does; try again"
                                + " with the same idempotency key.",
                null);
    }
}
