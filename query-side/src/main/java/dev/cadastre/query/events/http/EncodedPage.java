package dev.cadastre.query.events.http;

import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.query.shared.cloudevents.CloudEventJson;
import dev.cadastre.query.shared.stream.StreamFormat;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive events. Where several read it, each is encoded once for all, when the first
 * wants it. Thread-safe.
 */
final class EncodedPage {

    /** What an event takes besides its payload and metadata, about. */
    private static final int ENVELOPE_BYTES = 900;

    private final List<StoredEvent> events;
    private final byte @Nullable [][] shared;
    private final Map<StreamFormat, byte[]> whole = new EnumMap<>(StreamFormat.class);

    /**
     * @param events at least one, at consecutive positions
     * @param isShared whether several read it
     */
    EncodedPage(List<StoredEvent> events, boolean isShared) {
        this.events = List.copyOf(events);
        this.shared = isShared ? new byte[events.size()][] : null;
    }

    boolean isShared() {
        return shared != null;
    }

    /** About how many bytes an event takes. */
    static int size(StoredEvent event) {
        return ENVELOPE_BYTES + event.payload().length + event.metadata().length;
    }

    long first() {
        return events.getFirst().position();
    }

    long last() {
        return events.getLast().position();
    }

    /** Bytes of heap that the page may come to take. */
    long weight() {
        return 4L * events.stream().mapToInt(EncodedPage::size).sum();
    }

    /** Its events from a position within it. */
    List<StoredEvent> from(long position) {
        return events.subList(Math.toIntExact(position - first()), events.size());
    }

    /** All its events as messages. */
    synchronized byte[] messages(StreamFormat format) {
        return whole.computeIfAbsent(
                format,
                _ -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 12);
                    events.forEach(event -> write(event, format, out));
                    return out.toByteArray();
                });
    }

    /** Writes one of its events as a message. */
    void write(StoredEvent event, StreamFormat format, ByteArrayOutputStream out) {
        format.write(out, Long.toString(event.position()), null, json(event));
    }

    private synchronized byte[] json(StoredEvent event) {
        if (shared == null) {
            return CloudEventJson.of(event);
        }
        int place = Math.toIntExact(event.position() - first());
        if (shared[place] == null) {
            shared[place] = CloudEventJson.of(event);
        }
        return shared[place];
    }
}
