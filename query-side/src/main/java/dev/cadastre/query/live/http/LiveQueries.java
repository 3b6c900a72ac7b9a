package dev.cadastre.query.live.http;

import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.live.LiveQuestion;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.temporal.TemporalIndex;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The live queries that somebody follows; those who ask the same share one. Thread-safe. */
public final class LiveQueries implements AutoCloseable {

    private static final int MOST = 256;

    private static final class Shared {
        private final LiveQuery query;
        private int users;

        private Shared(LiveQuery query) {
            this.query = query;
        }
    }

    private final CoordinateResolver resolver;
    private final TemporalIndex index;
    private final BlockingWork work;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("live").factory());
    private final Map<String, Shared> byQuestion = new HashMap<>();
    private final LogView.Registration advances;

    public LiveQueries(CoordinateResolver resolver, TemporalIndex index, BlockingWork work) {
        this.resolver = resolver;
        this.index = index;
        this.work = work;
        timer.setRemoveOnCancelPolicy(true);
        this.advances = resolver.view().onAdvance(this::lookSoon);
    }

    CoordinateResolver resolver() {
        return resolver;
    }

    /**
     * Joins those who ask a question; whoever joins leaves once.
     *
     * @param text stands for the question and all its parameters
     */
    LiveQuery join(String text, LiveQuestion question, Query query) {
        Shared shared;
        synchronized (byQuestion) {
            @Nullable Shared known = byQuestion.get(text);
            if (known == null) {
                known = new Shared(create(question, query));
                byQuestion.put(text, known);
            }
            known.users++;
            shared = known;
        }
        try {
            shared.query.begin();
            return shared.query;
        } catch (RuntimeException e) {
            leave(text);
            throw e;
        }
    }

    private LiveQuery create(LiveQuestion question, Query query) {
        if (byQuestion.size() >= MOST) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "The server keeps "
                                    + MOST
                                    + " different live queries up to date already. Try again"
                                    + " later.")
                    .retryAfter(Duration.ofSeconds(10));
        }
        return new LiveQuery(
                question, query, resolver, index, timer, task -> work.scheduler().schedule(task));
    }

    void leave(String text) {
        synchronized (byQuestion) {
            Shared shared = byQuestion.get(text);
            if (--shared.users == 0) {
                byQuestion.remove(text).query.close();
            }
        }
    }

    private void lookSoon() {
        synchronized (byQuestion) {
            byQuestion.values().forEach(shared -> shared.query.lookSoon());
        }
    }

    @Override
    public void close() {
        advances.close();
        timer.shutdownNow();
    }
}
