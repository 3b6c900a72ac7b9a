package dev.cadastre.query.webhooks.model;

import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.query.register.model.EntityChange;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the events that a filter lets through. Immutable. */
public final class FilterMatch {

    private static final String ANY = "*";

    private final List<String> types;
    private final Set<String> kinds;
    private final Set<String> streams;
    private final Map<String, List<String>> facets;

    public FilterMatch(WebhookFilter filter) {
        this.types = filter.types();
        this.kinds = new HashSet<>(filter.kinds());
        this.streams = new HashSet<>(filter.streams());
        this.facets = filter.facets();
    }

    /** Whether an event is let through as far as its envelope says. */
    public boolean matches(Envelope envelope) {
        String stream = envelope.stream();
        return (types.isEmpty() || types.stream().anyMatch(type -> isType(type, envelope.type())))
                && (kinds.isEmpty() || kinds.contains(stream.substring(0, stream.indexOf(':'))))
                && (streams.isEmpty() || streams.contains(stream));
    }

    /** Whether facets must be looked at as well. */
    public boolean needsFacets() {
        return !facets.isEmpty();
    }

    /**
     * Whether the thing has the facets asked for, before the event or after it.
     *
     * @param change null where the event tells of no asset and no CI
     */
    public boolean matches(@Nullable EntityChange change) {
        return change != null
                && (matches(change.kind().facets(), change.facetsBefore())
                        || matches(change.kind().facets(), change.facetsAfter()));
    }

    private boolean matches(List<String> names, @Nullable List<@Nullable String> values) {
        return values != null
                && facets.entrySet().stream()
                        .allMatch(
                                wanted -> {
                                    int facet = names.indexOf(wanted.getKey());
                                    String value = facet < 0 ? null : values.get(facet);
                                    return facet >= 0
                                            && wanted.getValue()
                                                    .contains(value == null ? "" : value);
                                });
    }

    private static boolean isType(String wanted, String type) {
        return wanted.endsWith(ANY)
                ? type.startsWith(wanted.substring(0, wanted.length() - ANY.length()))
                : wanted.equals(type);
    }
}
