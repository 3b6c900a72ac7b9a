package dev.cadastre.command.http;

import dev.cadastre.command.shared.TextRules;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.Map;

/** The decoded variables of a path. */
public record PathValues(Map<String, String> values) {

    /** An id or a name: 1 to 300 characters, no control characters. */
    public String id(String variable) {
        String text = values.getOrDefault(variable, "");
        String fault = TextRules.faultOfId(text);
        if (fault != null) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "The path's {" + variable + "} is not allowed: " + fault + ".")
                    .of(variable);
        }
        return text;
    }
}
