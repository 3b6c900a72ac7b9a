package dev.cadastre.query.shared.http;

import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.CoordinateRequest;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * A query as it came in.
 *
 * @param wanted the coordinates as the caller wrote them
 * @param coordinates what they resolve to
 */
public record Query(
        ServerRequest request,
        Parameters parameters,
        CoordinateRequest wanted,
        Coordinates coordinates) {

    /** Whether the coordinates can no longer move, so that places in a list can be counted. */
    public boolean isFixed() {
        return coordinates.isFinal() || CoordinateResolver.isPosition(wanted.knownAt());
    }

    /** Whether the caller has the answer with this entity tag: it need not be made. */
    public boolean isKnown(String tag) {
        return EntityTags.match(request, tag);
    }
}
