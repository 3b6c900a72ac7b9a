package dev.cadastre.query.shared.live;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer as rows, each of which has a key.
 *
 * @param head what is said of the whole
 * @param rows in no order that matters
 * @param contents the JSON of some of the rows, one object each; may block
 */
public record LiveResult(
        ObjectNode head, List<Row> rows, Function<List<Row>, List<byte[]>> contents) {

    /**
     * A row.
     *
     * @param key names the row within the result
     * @param stamp equal to that of an earlier row of the key if and only if the contents are equal
     */
    public record Row(String key, Object stamp) {

        /** A row whose contents are at hand. */
        public static Row of(String key, ObjectNode json) {
            return new Row(key, HttpJson.mapper().writeValueAsString(json));
        }
    }

    public LiveResult {
        rows = List.copyOf(rows);
    }

    /** A result of rows whose contents are at hand. */
    public static LiveResult of(ObjectNode head, List<Row> rows) {
        return new LiveResult(
                head,
                rows,
                some ->
                        some.stream()
                                .map(row -> ((String) row.stamp()).getBytes(StandardCharsets.UTF_8))
                                .toList());
    }

    /** Refuses an answer with more rows than are allowed. */
    public static void refuseMoreThan(int most, long rows) {
        if (rows > most) {
            throw new ProblemException(
                            ProblemType.TOO_LARGE,
                            "The answer has more than "
                                    + most
                                    + " rows, which is what a live query carries. Ask for less, or"
                                    + " follow /api/v1/events with the same filters.")
                    .with("most", most);
        }
    }
}
