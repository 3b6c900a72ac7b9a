package dev.cadastre.query.webhooks.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.register.model.EntityChange;
import dev.cadastre.query.register.model.EntityChanges;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.shared.cloudevents.CloudEventJson;
import dev.cadastre.query.shared.difference.BodyDifference;
import dev.cadastre.query.shared.difference.DifferenceJson;
import dev.cadastre.query.webhooks.model.FilterMatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Makes messages with the help of the register: each says what the event says, and of an asset or
 * CI what it was before and is after, at the instant that the event is about. A message is made
 * once for all subscriptions that want it at about the same time.
 */
public final class RegisterContent implements EventContent {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 8L << 20;

    private final RegisterProjection projection;
    private final EntityChanges changes;
    private final Cache<Long, byte[]> bodies =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_BYTES)
                    .weigher((Long _, byte[] body) -> body.length)
                    .executor(Runnable::run)
                    .build();

    public RegisterContent(RegisterProjection projection, EntityChanges changes) {
        this.projection = projection;
        this.changes = changes;
    }

    @Override
    public boolean awaitUpTo(long position) throws InterruptedException {
        return projection.await(position, LONGEST_WAIT);
    }

    @Override
    public boolean passes(FilterMatch filter, StoredEvent event) {
        return filter.matches(event.envelope())
                && (!filter.needsFacets() || filter.matches(changes.of(event)));
    }

    @Override
    public byte[] body(StoredEvent event) {
        return bodies.get(event.position(), _ -> CloudEventJson.of(event, data(event)));
    }

    private byte[] data(StoredEvent event) {
        ObjectNode data = HttpJson.mapper().createObjectNode();
        data.putRawValue(
                "event", new RawValue(new String(event.payload(), StandardCharsets.UTF_8)));
        EntityChange change = changes.of(event);
        if (change != null) {
            data.put("asOf", InstantText.format(change.instant()));
            JsonNode before = json(changes.body(change.before()));
            JsonNode after = json(changes.body(change.after()));
            data.set("before", before == null ? HttpJson.mapper().nullNode() : before);
            data.set("after", after == null ? HttpJson.mapper().nullNode() : after);
            DifferenceJson.addTo(data, BodyDifference.between(before, after));
        }
        return HttpJson.mapper().writeValueAsBytes(data);
    }

    private static @Nullable JsonNode json(byte @Nullable [] body) {
        return body == null ? null : HttpJson.mapper().readTree(body);
    }
}
