package dev.cadastre.http.problem;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Refuses what a resource does not know. A misspelt parameter that is passed over would give an
 * answer to another question.
 */
public final class UnknownParameters {

    private UnknownParameters() {}

    /**
     * @param given names of the parameters in the address
     * @param known those that the resource has
     * @throws ProblemException if one is given that is not known; its {@code known} lists those
     *     that are
     */
    public static void refuse(Collection<String> given, Collection<String> known) {
        for (String name : given) {
            if (!known.contains(name)) {
                List<String> sorted = List.copyOf(new TreeSet<>(known));
                throw new ProblemException(
                                ProblemType.INVALID,
                                "There is no parameter \""
                                        + name
                                        + "\" here. "
                                        + (sorted.isEmpty()
                                                ? "None are known."
                                                : "Known parameters: "
                                                        + String.join(", ", sorted)
                                                        + "."))
                        .of(name)
                        .with("known", sorted);
            }
        }
    }
}
