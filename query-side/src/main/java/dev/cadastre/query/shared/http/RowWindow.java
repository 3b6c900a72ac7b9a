package dev.cadastre.query.shared.http;

import dev.cadastre.query.shared.list.Cursor;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.Coordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a page shows, at which coordinates: those of the first page, so that all pages show
 * the same while the log goes on.
 *
 * @param coordinates one or several
 * @param offset how many rows come before the page, or what the cursor says instead
 * @param isContinued whether a cursor said so
 * @param digest of all that decides which rows come in which order
 */
public record RowWindow(
        List<Coordinates> coordinates, long offset, boolean isContinued, int limit, long digest) {

    public static final String LIMIT = "limit";
    public static final String CURSOR = "cursor";
    public static final String OFFSET = "offset";

    /** The parameters of every list that comes in pages or as a stream. */
    public static final Set<String> PARAMETERS = Set.of(LIMIT, CURSOR, OFFSET, RowStream.RAW);

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_LIMIT = 1_000;
    private static final int MOST_OFFSET = 100_000_000;

    public RowWindow {
        coordinates = List.copyOf(coordinates);
    }

    /**
     * Reads which page is wanted.
     *
     * @param resolver waits until the view holds what a cursor has seen
     * @param resolved the coordinates of a first page
     */
    public static RowWindow of(
            Query query, CoordinateResolver resolver, List<Coordinates> resolved) {
        return of(
                query,
                resolver,
                resolved,
                query.isFixed() || resolved.stream().allMatch(Coordinates::isFinal));
    }

    /**
     * Reads which page is wanted.
     *
     * @param fixed whether the coordinates of a first page can no longer move
     */
    public static RowWindow of(
            Query query, CoordinateResolver resolver, List<Coordinates> resolved, boolean fixed) {
        Parameters parameters = query.parameters();
        int limit = (int) parameters.number(LIMIT, 1, MOST_LIMIT, DEFAULT_LIMIT);
        long offset = offset(parameters, fixed);
        long digest = Cursor.digest(canonical(query));
        String cursor = parameters.one(CURSOR);
        if (cursor == null) {
            return new RowWindow(resolved, offset, false, limit, digest);
        }
        if (!parameters.all(OFFSET).isEmpty()) {
            throw Parameters.refused(OFFSET, "Send either a cursor or an offset, not both.");
        }
        String[] parts = cursor.split("\\.", -1);
        if (parts.length != resolved.size()) {
            throw Parameters.refused(
                    CURSOR, "The cursor is damaged. Take it unchanged from the page before.");
        }
        List<Coordinates> coordinates = new ArrayList<>();
        for (String part : parts) {
            Cursor decoded = Cursor.decode(part, digest);
            resolver.awaitHeld(CURSOR, decoded.coordinates().position());
            coordinates.add(decoded.coordinates());
            offset = decoded.offset();
        }
        return new RowWindow(coordinates, offset, true, limit, digest);
    }

    /**
     * How many rows come before the page.
     *
     * @param fixed whether the coordinates can no longer move; if they can, rows have no places
     */
    public static long offset(Parameters parameters, boolean fixed) {
        long offset = parameters.number(OFFSET, 0, MOST_OFFSET, 0);
        if (offset > 0 && !fixed && parameters.all(CURSOR).isEmpty()) {
            throw Parameters.refused(
                    OFFSET,
                    "Rows have places only at coordinates that stay. Follow the cursor in next,"
                            + " or send asOf and knownAt=position:N, where they are parameters, as"
                            + " the headers As-Of and Log-Position of the first page say them.");
        }
        return offset;
    }

    /** The cursor of the page after this one; null if this is the last. */
    public @Nullable String next(int shown, long total) {
        long end = offset + shown;
        if (shown == 0 || end >= total) {
            return null;
        }
        return cursor(end);
    }

    /**
     * The cursor of a page that goes on from a place, of which the view alone knows the meaning.
     */
    public String cursor(long place) {
        return String.join(
                ".",
                coordinates.stream().map(at -> new Cursor(at, place, digest).encode()).toList());
    }

    private static String canonical(Query query) {
        Map<String, List<String>> deciding = new TreeMap<>(query.request().queryParams());
        deciding.keySet().removeAll(PARAMETERS);
        return query.request().uri().getRawPath()
                + "\u0000"
                + deciding
                + "\u0000"
                + query.wanted().acceptDatetime();
    }
}
