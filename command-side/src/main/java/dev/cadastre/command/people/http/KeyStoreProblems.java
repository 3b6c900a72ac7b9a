package dev.cadastre.command.people.http;

import dev.cadastre.command.people.keys.KeyStoreException;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemTranslation;
import dev.cadastre.http.problem.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A key store that fails is the operator's to mend, and not the caller's fault. */
public final class KeyStoreProblems implements ProblemTranslation {

    @Override
    public @Nullable ProblemException translate(Throwable failure) {
        return failure instanceof KeyStoreException
                ? new ProblemException(ProblemType.UNAVAILABLE, failure.getMessage(), failure)
                        .retryAfter(Duration.ofMinutes(1))
                : null;
    }
}
