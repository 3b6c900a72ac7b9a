package dev.cadastre.http.problem;

import org.jspecify.annotations.Nullable;

/**
 * Says which problem a failure of some module is, so that each side maps its own exceptions once.
 * Beans of this type are asked in order; the first that knows the failure answers.
 */
@FunctionalInterface
public interface ProblemTranslation {

    /** The problem, or null if this translation does not know the failure. */
    @Nullable ProblemException translate(Throwable failure);
}
