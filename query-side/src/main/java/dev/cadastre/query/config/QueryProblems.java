package dev.cadastre.query.config;

import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemTranslation;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.versions.store.MissingBody;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a query says when what it reads cannot be reached. */
final class QueryProblems implements ProblemTranslation {

    private static final Logger LOG = LoggerFactory.getLogger(QueryProblems.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Override
    public @Nullable ProblemException translate(Throwable failure) {
        return switch (failure) {
            // A hole in the store is the server's fault, and goes into its log as such.
            case MissingBody _ -> null;
            case VersionStoreException unavailable ->
                    new ProblemException(
                                    ProblemType.UNAVAILABLE,
                                    "The bodies of the register cannot be read now. Ask again.",
                                    unavailable)
                            .retryAfter(RETRY);
            case LogException.Unavailable unavailable ->
                    new ProblemException(
                                    ProblemType.UNAVAILABLE,
                                    "The event log cannot be reached now. Ask again.",
                                    unavailable)
                            .retryAfter(RETRY);
            case LogException.Corrupt corrupt -> {
                LOG.error("A query met damage in the event log", corrupt);
                yield new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "The event log is damaged, so nothing is told that rests on this part of"
                                + " it. "
                                + corrupt.getMessage()
                                + ". Have an administrator look at it; asking again does not help.",
                        corrupt);
            }
            default -> null;
        };
    }
}
