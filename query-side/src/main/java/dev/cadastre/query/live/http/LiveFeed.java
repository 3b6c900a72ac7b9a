package dev.cadastre.query.live.http;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.query.live.model.LiveState;
import dev.cadastre.query.live.model.LiveState.Portion;
import dev.cadastre.query.shared.stream.StreamEnd;
import dev.cadastre.query.shared.stream.StreamFormat;
import dev.cadastre.query.shared.stream.StreamSource;
import java.util.Collections;
import java.util.Iterator;

/**
 * What one client of a live query lacks. Remembers how far the client has come and nothing else, so
 * that what happens while it reads slowly is conflated.
 */
final class LiveFeed implements StreamSource {

    private static final int PORTION_BYTES = 48 << 10;

    private final LiveQuery query;
    private final long question;
    private final StreamFormat format;
    private final boolean follow;
    private final Runnable wake;
    private final Runnable leave;
    private Iterator<String> keys;
    private long after;
    private long began;
    private boolean isFirst;
    private boolean isComplete;
    private long completeSince;

    private LiveFeed(
            LiveQuery query,
            long question,
            StreamFormat format,
            boolean follow,
            Runnable wake,
            Runnable leave) {
        this.query = query;
        this.question = question;
        this.format = format;
        this.follow = follow;
        this.wake = wake::run;
        this.leave = leave;
        this.keys = Collections.emptyIterator();
        query.listen(this.wake);
    }

    /**
     * For a client that has nothing.
     *
     * @param follow whether more is wanted than what is there now
     */
    static LiveFeed ofAll(
            LiveQuery query,
            long question,
            StreamFormat format,
            boolean follow,
            Runnable wake,
            Runnable leave) {
        LiveFeed feed = new LiveFeed(query, question, format, follow, wake, leave);
        feed.restart();
        return feed;
    }

    /**
     * For a client that has an earlier answer.
     *
     * @param differing keys of rows that are otherwise now, and were so at the change given
     */
    static LiveFeed ofDiffering(
            LiveQuery query,
            long question,
            StreamFormat format,
            boolean follow,
            Runnable wake,
            Runnable leave,
            LiveState.Differing differing) {
        LiveFeed feed = new LiveFeed(query, question, format, follow, wake, leave);
        feed.keys = differing.keys().iterator();
        feed.after = differing.change();
        feed.began = differing.change();
        return feed;
    }

    private void restart() {
        isFirst = true;
        isComplete = false;
        keys = Collections.emptyIterator();
        after = 0;
        began = query.state().lastChange();
    }

    /** Everything is in memory, so this never has to be asked elsewhere. */
    @Override
    public Step poll() {
        return next();
    }

    @Override
    public Step next() {
        RuntimeException failure = query.failure();
        if (failure != null) {
            return ended(failure);
        }
        LiveState state = query.state();
        if (!state.remembers(Math.max(after, began))) {
            restart();
        }
        if (isComplete && !follow) {
            return Step.END;
        }
        if (isComplete) {
            if (state.lastChange() == after) {
                return Step.NOTHING;
            }
            long rest = completeSince + LiveQuery.PAUSE - System.nanoTime();
            if (rest > 0) {
                return new Step.Nothing(rest);
            }
            return pass(query.common(after, format, question));
        }
        Portion portion =
                keys.hasNext()
                        ? state.portion(after, keys, PORTION_BYTES)
                        : state.portion(after, began, PORTION_BYTES);
        return pass(
                new LiveQuery.Encoded(portion, LiveMessage.of(format, isFirst, portion, question)));
    }

    private Step pass(LiveQuery.Encoded encoded) {
        after = encoded.portion().upTo();
        isFirst = false;
        isComplete = encoded.portion().whole() != null;
        completeSince = System.nanoTime();
        return new Step.Messages(encoded.message());
    }

    private static Step ended(RuntimeException failure) {
        if (failure instanceof ProblemException problem) {
            switch (problem.type()) {
                case NOT_FOUND -> {
                    return new Step.Ended(StreamEnd.GONE);
                }
                case TOO_LARGE -> {
                    return new Step.Ended(StreamEnd.TOO_LARGE);
                }
                default -> throw failure;
            }
        }
        throw failure;
    }

    @Override
    public void close() {
        query.leave(wake);
        leave.run();
    }
}
