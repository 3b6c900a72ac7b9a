package dev.cadastre.http.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/** The body of an error response as RFC 9457 has it. */
public final class Problem {

    /** {@code application/problem+json} */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "https://cadastre.dev/problems/";

    private Problem() {}

    /** The URI of a type, which is the member {@code type}. */
    public static String uri(ProblemType type) {
        return TYPES + type.slug();
    }

    /**
     * The members of a problem in the order in which they are written.
     *
     * @param instance URI reference of this occurrence: the path of the request, or an incident
     */
    public static Map<String, Object> members(ProblemException problem, String instance) {
        ProblemType type = problem.type();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", uri(type));
        members.put("title", type.title());
        members.put("status", type.status());
        members.put("detail", problem.getMessage());
        members.put("instance", instance);
        problem.fields().forEach(members::putIfAbsent);
        return members;
    }
}
