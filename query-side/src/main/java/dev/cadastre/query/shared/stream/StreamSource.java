package dev.cadastre.query.shared.stream;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of one stream come from. It is asked for the next ones only when the client
 * has taken those before, by one thread at a time; so what it need not hold, it should not.
 */
public interface StreamSource extends AutoCloseable {

    /** What a source has to say when it is asked. */
    sealed interface Step {

        /** Whole messages, as many as make up some ten kilobytes; not to be changed afterwards. */
        record Messages(byte[] bytes) implements Step {}

        /**
         * Nothing for now: ask again when woken, or after so many nanoseconds; {@link
         * Long#MAX_VALUE} for when woken only.
         */
        record Nothing(long nanoseconds) implements Step {}

        /** There are no more. */
        record End() implements Step {}

        /** There could be more, but the server ends the stream, and the client is told why. */
        record Ended(StreamEnd why) implements Step {}

        /** Nothing until woken. */
        Step NOTHING = new Nothing(Long.MAX_VALUE);

        Step END = new End();
    }

    /** Response headers besides those of every stream. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /**
     * The next step if it is at hand: this is called on threads that must not wait.
     *
     * @return null if {@link #next} has to be asked
     */
    default @Nullable Step poll() {
        return null;
    }

    /** The next step. May block; what it throws ends the stream. */
    Step next();

    /** Called once, when nobody will ask any more. */
    @Override
    void close();
}
