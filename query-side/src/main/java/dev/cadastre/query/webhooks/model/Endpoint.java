package dev.cadastre.query.webhooks.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way to the receivers of webhooks. Thread-safe. */
public interface Endpoint extends AutoCloseable {

    /**
     * One message.
     *
     * @param signatures the header {@code webhook-signature}
     * @param timestamp the header {@code webhook-timestamp}: seconds since 1970
     * @param body a CloudEvent in JSON
     */
    record Message(String url, String id, long timestamp, String signatures, byte[] body) {}

    /** What became of a message. */
    sealed interface Outcome {

        /** The receiver has taken it. */
        record Taken(int status) implements Outcome {}

        /**
         * The receiver has not taken it, or did not say so in time.
         *
         * @param status of its answer, or null if there was none
         * @param error in words, at most {@value #ERROR} characters
         * @param askedToWait how long the receiver wants to be left alone, or null
         */
        record Failed(@Nullable Integer status, String error, @Nullable Duration askedToWait)
                implements Outcome {
            public Failed {
                error = error.length() <= ERROR ? error : error.substring(0, ERROR);
            }
        }

        /** The receiver wants no more messages, ever. */
        record Gone(int status) implements Outcome {}

        /** This side was closed meanwhile; nothing is known of the message. */
        record Unknown() implements Outcome {}
    }

    /** The longest text of an error. */
    int ERROR = 500;

    /** Sends a message and waits for what becomes of it, within bounds. */
    Outcome send(Message message);

    /** Ends what is under way. */
    @Override
    void close();
}
