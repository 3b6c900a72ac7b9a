package dev.cadastre.query.register.model;

import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.Version;
import java.util.HashMap;
import java.util.Map;

/**
 * The instants that events are about: their effective times, or of a retraction that of the fact it
 * takes back.
 */
public final class EventInstants {

    private EventInstants() {}

    /**
     * The instants of an entity's events between two positions, by position. An event that made
     * nothing of the entity is not among them.
     */
    public static Map<Long, Long> of(KindView entities, int entity, long first, long last) {
        Map<Long, Long> instants = new HashMap<>();
        // The first version that an event creates begins at the instant it is about.
        for (Version version : entities.allVersions(entity)) {
            if (version.recordedFrom() >= first && version.recordedFrom() <= last) {
                instants.putIfAbsent((long) version.recordedFrom(), version.validFrom());
            }
        }
        return instants;
    }
}
