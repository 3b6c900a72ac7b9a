package dev.cadastre.query.timeline.model;

import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.shared.facts.StreamFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The history of one asset or CI: its own facts, and those of others that point at it. */
public final class EntityHistory {

    private final EventLog log;
    private final StreamId thing;
    private final StreamFacts facts;

    private EntityHistory(EventLog log, StreamId thing, StreamFacts facts) {
        this.log = log;
        this.thing = thing;
        this.facts = facts;
    }

    /** Reads what the log holds of a thing; blocks for the log's time. */
    public static EntityHistory of(EventLog log, StreamId thing) {
        return new EntityHistory(log, thing, StreamFacts.of(log.stream(thing.toString(), 0)));
    }

    /** Whether nothing was ever recorded of it. */
    public boolean isEmpty() {
        return facts.recorded().isEmpty();
    }

    /** Its own facts. */
    public StreamFacts facts() {
        return facts;
    }

    /**
     * Every fact recorded by a position, once each, in an order.
     *
     * @param until facts about later instants are left out
     * @param knownAt position of the last event that counts
     * @param inbound whether facts of others that point at it are wanted too
     */
    public List<TimelineItem> items(Order order, long until, long knownAt, boolean inbound) {
        List<TimelineItem> items =
                new ArrayList<>(
                        new EntityTimeline(thing.id(), facts).entries(order, until, knownAt));
        if (inbound) {
            items.addAll(new InboundRelations(log, thing).changes(order, until, knownAt));
            Comparator<TimelineItem> comparator =
                    switch (order) {
                        case RECORDED -> TimelineItem.AS_RECORDED;
                        case EFFECTIVE -> TimelineItem.BY_EFFECTIVE_TIME;
                    };
            items.sort(comparator);
        }
        return items;
    }
}
