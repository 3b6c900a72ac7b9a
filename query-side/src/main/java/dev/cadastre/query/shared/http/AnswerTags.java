package dev.cadastre.query.shared.http;

import dev.cadastre.query.shared.list.Cursor;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.shared.time.LogView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Entity tags made of the request and its resolved coordinates, of the log and of the release: of
 * everything that decides an answer's bytes. A tag is weak where the answer names the instant of
 * the request and means the same at another one: a page of now carries it in the cursor of the next
 * page.
 */
final class AnswerTags {

    private static final int DIGEST_BYTES = 15;
    private static final Set<String> TIME =
            Set.of(CoordinateResolver.AS_OF, CoordinateResolver.KNOWN_AT);

    /** Another release may put more into the same answer. */
    private static final String RELEASE =
            Objects.requireNonNullElse(
                    AnswerTags.class.getPackage().getImplementationVersion(), "development");

    private final LogView view;

    AnswerTags(LogView view) {
        this.view = view;
    }

    /** The tag of an answer that is yet to be made; null if there is none before it is. */
    @Nullable String of(Query query, Basis basis) {
        if (basis == Basis.ITSELF) {
            return null;
        }
        Coordinates cursor = cursor(query);
        if (cursor != null) {
            return exact(query.request(), List.of(cursor));
        }
        Coordinates at = query.coordinates();
        if (basis == Basis.POSITION) {
            return quoted(query.request(), at.position() + " " + at.isFinal());
        }
        return basis == Basis.STATE && query.wanted().isNow()
                ? upToNow(query.request(), List.of(), at)
                : exact(query.request(), List.of(at));
    }

    /**
     * The tag of what is true now, and perhaps at other coordinates: it stays until something is
     * recorded or a scheduled fact comes true.
     */
    String upToNow(ServerRequest request, List<Coordinates> others, Coordinates now) {
        OptionalLong begun = view.statesBegun(now.asOf(), now.position());
        if (begun.isEmpty()) {
            List<Coordinates> all = new ArrayList<>(others);
            all.add(now);
            return exact(request, all);
        }
        String state = others + " now " + now.position() + " " + begun.orElseThrow();
        return "W/" + quoted(request, state);
    }

    /** The tag of what a request is answered with at these coordinates. */
    String exact(ServerRequest request, List<Coordinates> coordinates) {
        return quoted(request, coordinates.toString());
    }

    /** The coordinates of a page's cursor; null if there is none that can be read. */
    static @Nullable Coordinates cursor(Query query) {
        List<String> cursors = query.parameters().all(RowWindow.CURSOR);
        return cursors.size() == 1 ? Cursor.coordinatesOf(cursors.getFirst()) : null;
    }

    private String quoted(ServerRequest request, String coordinates) {
        Map<String, List<String>> deciding = new TreeMap<>(request.queryParams());
        boolean asOf = deciding.containsKey(CoordinateResolver.AS_OF);
        boolean knownAt = deciding.containsKey(CoordinateResolver.KNOWN_AT);
        deciding.keySet().removeAll(TIME);
        String all =
                String.join(
                        "\u0000",
                        RELEASE,
                        // A server may come to hold another log under the same address.
                        Long.toString(view.beginsAt()),
                        request.uri().getRawPath(),
                        deciding.toString(),
                        asOf + "," + knownAt,
                        representation(request),
                        coordinates);
        return of(all.getBytes(StandardCharsets.UTF_8));
    }

    /** What decides the representation. */
    private static String representation(ServerRequest request) {
        List<MediaType> accepted = request.headers().accept();
        return accepted.stream().allMatch(MediaType.ALL::equals) ? "any" : accepted.toString();
    }

    /** The tag of some content. */
    static String of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"'
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(Arrays.copyOf(digest, DIGEST_BYTES))
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
