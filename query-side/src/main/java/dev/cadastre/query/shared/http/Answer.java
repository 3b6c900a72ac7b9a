package dev.cadastre.query.shared.http;

import dev.cadastre.query.shared.time.Coordinates;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** What a query is answered with, and the coordinates at which it holds. */
public sealed interface Answer {

    Coordinates coordinates();

    /**
     * The answer's own entity tag, as in the header; null if the one that {@link QueryHttp} makes
     * of the request and its coordinates is good enough.
     */
    @Nullable String etag();

    /** Where the states are found that the resource had before; null if nobody tells them apart. */
    default @Nullable PastStates past() {
        return null;
    }

    /** As in the header {@code Link}, what lies beside the answer. */
    default List<String> links() {
        return List.of();
    }

    /** An answer that is there as a whole. */
    record Whole(
            Coordinates coordinates,
            MediaType type,
            byte[] bytes,
            @Nullable String etag,
            @Nullable PastStates past,
            List<String> links)
            implements Answer {

        public Whole {
            links = List.copyOf(links);
        }

        public Whole(Coordinates coordinates, MediaType type, byte[] bytes, @Nullable String etag) {
            this(coordinates, type, bytes, etag, null, List.of());
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
            @Nullable String fileName,
            @Nullable String etag)
            implements Answer {

        public Streamed(Coordinates coordinates, MediaType type, Iterator<byte[]> chunks) {
            this(coordinates, type, chunks, null, null);
        }
    }

    /**
     * A JSON answer that nobody may keep.
     *
     * @param json not to be changed
     */
    record Secret(Coordinates coordinates, byte[] json) implements Answer {
        @Override
        public @Nullable String etag() {
            return null;
        }
    }

    /** The caller has the answer, as {@link Query#isKnown} found, or wants none if there is one. */
    record Known(Coordinates coordinates, @Nullable String etag, @Nullable PastStates past)
            implements Answer {}

    /** The same answer with an entity tag of its own; one that nobody may keep has none. */
    default Answer tagged(String tag) {
        return switch (this) {
            case Whole(var at, var type, var bytes, _, var past, var links) ->
                    new Whole(at, type, bytes, tag, past, links);
            case Streamed(var at, var type, var chunks, var fileName, _) ->
                    new Streamed(at, type, chunks, fileName, tag);
            case Secret secret -> secret;
            case Known(var at, _, var past) -> new Known(at, tag, past);
        };
    }

    /**
     * A JSON answer with its content's own entity tag, for what depends on more than the log: it is
     * made, and sent only to those who have another one.
     */
    static Answer jsonTagged(Coordinates coordinates, byte[] json) {
        return json(coordinates, json).tagged(AnswerTags.of(json));
    }

    /** A JSON answer without an entity tag of its own. */
    static Answer json(Coordinates coordinates, byte[] json) {
        return new Whole(coordinates, MediaType.APPLICATION_JSON, json, null);
    }
}
