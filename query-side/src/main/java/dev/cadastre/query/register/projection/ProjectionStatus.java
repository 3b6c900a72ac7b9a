package dev.cadastre.query.register.projection;

import org.jspecify.annotations.Nullable;

/**
 * Where the projection of the register stands.
 *
 * @param position the last one that answers include
 * @param bodiesPosition the last one whose bodies are in the version store
 * @param logPosition the last one of the log
 * @param failure why it no longer follows the log, in words for an operator, or null
 */
public record ProjectionStatus(
        long position, long bodiesPosition, long logPosition, @Nullable String failure) {

    /** How many events of the log are not yet in answers. */
    public long lag() {
        return logPosition - position;
    }
}
