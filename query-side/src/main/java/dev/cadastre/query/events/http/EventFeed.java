package dev.cadastre.query.events.http;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.events.model.FacetSelection;
import dev.cadastre.query.shared.stream.StreamFormat;
import dev.cadastre.query.shared.stream.StreamSource;
import dev.cadastre.query.shared.time.LogView;
import java.io.ByteArrayOutputStream;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream, by position: at the head from the shared tail, behind it from the log.
 * Remembers nothing but how far it has come, so a client that is slow costs no more than another.
 */
final class EventFeed implements StreamSource {

    private static final int PORTION_BYTES = 48 << 10;
    private static final int BATCH_EVENTS = 256;

    /** After so many events that were not meant, the client is told how far the stream is. */
    private static final int SKIPPED_UNTOLD = 10_000;

    private static final long TRY_AGAIN = TimeUnit.SECONDS.toNanos(1);
    private static final long TELL_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final EventLog log;
    private final EventTail tail;
    private final LogView view;
    private final @Nullable FacetSelection facets;
    private final EventRequest request;
    private final StreamFormat format;
    private final LogView.Registration wakes;
    private final long lastAtOpening;
    private final boolean wantsAll;

    /** What was read of the log and not yet passed on; it can be read again. */
    private SoftReference<EncodedPage> read = new SoftReference<>(null);

    private long position;
    private long left;
    private long told;
    private long toldAt = System.nanoTime();

    /**
     * @param facets null where the register is not asked
     */
    EventFeed(
            EventLog log,
            EventTail tail,
            LogView view,
            @Nullable FacetSelection facets,
            EventRequest request,
            StreamFormat format,
            Runnable wake) {
        this.log = log;
        this.tail = tail;
        this.view = view;
        this.facets = facets;
        this.request = request;
        this.format = format;
        this.wantsAll =
                request.selection().isAll()
                        && request.limit() == Long.MAX_VALUE
                        && request.until() == Long.MAX_VALUE;
        this.position = request.after();
        this.told = request.after();
        this.left = request.limit();
        this.lastAtOpening = log.head().size() - 1;
        this.wakes = facets == null ? tail.follow(wake) : view.onAdvance(wake);
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Log-Position", Long.toString(lastAtOpening));
    }

    @Override
    public @Nullable Step poll() {
        if (facets != null) {
            return null;
        }
        while (!isDone()) {
            EncodedPage page = tail.page(position + 1);
            if (page == null) {
                return tail.awaits(position + 1) ? rest() : null;
            }
            Step step = pass(page);
            if (step != null) {
                return step;
            }
        }
        return finish();
    }

    @Override
    public Step next() {
        try {
            return read();
        } catch (LogException.Unavailable e) {
            // The log comes back, and nothing was lost: silence is all that the client notices.
            return new Step.Nothing(TRY_AGAIN);
        }
    }

    private Step read() {
        while (!isDone()) {
            if (facets != null && view.horizon().position() <= position) {
                return rest();
            }
            EncodedPage page = tail.page(position + 1);
            if (page == null) {
                page = fromLog();
            }
            if (page == null) {
                return rest();
            }
            Step step = pass(page);
            if (step != null) {
                return step;
            }
        }
        return finish();
    }

    private @Nullable EncodedPage fromLog() {
        EncodedPage page = read.get();
        if (page == null || page.first() > position + 1 || page.last() <= position) {
            List<StoredEvent> events =
                    log.commits(position + 1, BATCH_EVENTS).stream()
                            .flatMap(commit -> commit.events().stream())
                            .filter(event -> event.position() > position)
                            .toList();
            page = events.isEmpty() ? null : new EncodedPage(events, false);
            read = new SoftReference<>(page);
        }
        return page;
    }

    /** What a page has for this stream; null if it has nothing, and the next is to be asked. */
    private @Nullable Step pass(EncodedPage page) {
        if (wantsAll && page.isShared() && page.first() == position + 1) {
            position = page.last();
            told = position;
            return new Step.Messages(page.messages(format));
        }
        List<StoredEvent> candidates = candidates(page);
        ByteArrayOutputStream portion = new ByteArrayOutputStream(1 << 12);
        for (StoredEvent event : candidates) {
            page.write(event, format, portion);
            position = event.position();
            told = position;
            left--;
            if (left == 0 || portion.size() >= PORTION_BYTES) {
                return new Step.Messages(portion.toByteArray());
            }
        }
        position = lookedAt(page);
        if (portion.size() > 0) {
            return new Step.Messages(portion.toByteArray());
        }
        return position - told >= SKIPPED_UNTOLD ? tell() : null;
    }

    /** Those of a page's events that are meant. */
    private List<StoredEvent> candidates(EncodedPage page) {
        long end = lookedAt(page);
        List<StoredEvent> passing =
                page.from(position + 1).stream()
                        .filter(event -> event.position() <= end)
                        .filter(request.selection()::admitsEnvelope)
                        .toList();
        return facets == null || passing.isEmpty() ? passing : facets.among(passing);
    }

    /** The last position of a page that may be passed on now. */
    private long lookedAt(EncodedPage page) {
        long end = Math.min(page.last(), request.until());
        return facets == null ? end : Math.min(end, view.horizon().position());
    }

    private boolean isDone() {
        return left == 0 || position >= request.until();
    }

    private Step finish() {
        return told < position && left > 0 ? tell() : Step.END;
    }

    private Step rest() {
        if (told == position) {
            return Step.NOTHING;
        }
        long wait = toldAt + TELL_EVERY - System.nanoTime();
        return wait > 0 ? new Step.Nothing(wait) : tell();
    }

    /** Says how far the stream is where its last events were not meant. */
    private Step tell() {
        told = position;
        toldAt = System.nanoTime();
        byte[] json = ("{\"position\":" + position + "}").getBytes(StandardCharsets.US_ASCII);
        return new Step.Messages(format.message(Long.toString(position), "position", json));
    }

    @Override
    public void close() {
        wakes.close();
    }
}
