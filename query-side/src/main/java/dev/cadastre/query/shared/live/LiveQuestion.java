package dev.cadastre.query.shared.live;

import dev.cadastre.query.shared.http.Query;
import java.util.List;
import java.util.Set;

/**
 * A question of a view that can be asked again and again, at any coordinates. Thread-safe; the same
 * query at the same coordinates has the same answer.
 */
public interface LiveQuestion {

    /** The parameters that it knows; {@code asOf} among them if it can be asked of one instant. */
    Set<String> parameters();

    /**
     * The kinds of entities by whose changes the answer can alter; what else is recorded does not
     * matter.
     */
    List<String> kinds(Query query);

    /**
     * Answers at the query's coordinates. May block.
     *
     * @param most how many rows an answer may have
     * @throws dev.cadastre.http.problem.ProblemException if the query is not allowed, or there is
     *     nothing to tell of, or the answer is too large
     */
    LiveResult ask(Query query, int most);
}
