package dev.cadastre.query.shared.http;

import dev.cadastre.query.shared.time.Coordinates;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** What a query is answered with, and the coordinates at which it holds. */
public sealed interface Answer {

    Coordinates coordinates();

    MediaType type();

    /**
     * An answer that is there as a whole.
     *
     * @param etag as in the header, what {@code If-None-Match} is compared with; null for none
     * @param secret whether nobody may keep it
     */
    record Whole(
            Coordinates coordinates,
            MediaType type,
            byte[] bytes,
            @Nullable String etag,
            boolean secret)
            implements Answer {

        public Whole(Coordinates coordinates, MediaType type, byte[] bytes, @Nullable String etag) {
            this(coordinates, type, bytes, etag, false);
        }
    }

    /**
     * An answer that is made while it is sent, as fast as it is taken.
     *
     * @param chunks asked on threads that may block, by one at a time
     * @param fileName under which a browser saves it instead of showing it; null for none
     */
    record Streamed(
            Coordinates coordinates,
            MediaType type,
            Iterator<byte[]> chunks,
            @Nullable String fileName)
            implements Answer {

        public Streamed(Coordinates coordinates, MediaType type, Iterator<byte[]> chunks) {
            this(coordinates, type, chunks, null);
        }
    }

    /** A JSON answer without an ETag. */
    static Answer json(Coordinates coordinates, byte[] json) {
        return new Whole(coordinates, MediaType.APPLICATION_JSON, json, null);
    }

    /** A JSON answer that is sent as one that nobody may keep. */
    static Answer secretJson(Coordinates coordinates, byte[] json) {
        return new Whole(coordinates, MediaType.APPLICATION_JSON, json, null, true);
    }

    /** A JSON answer with an ETag, which stands for these very bytes. */
    static Answer json(Coordinates coordinates, byte[] json, String etag) {
        return new Whole(coordinates, MediaType.APPLICATION_JSON, json, "\"" + etag + "\"");
    }

    /** A JSON answer with an ETag that also stands for answers which say the same otherwise. */
    static Answer jsonAlike(Coordinates coordinates, byte[] json, String etag) {
        return new Whole(coordinates, MediaType.APPLICATION_JSON, json, "W/\"" + etag + "\"");
    }
}
