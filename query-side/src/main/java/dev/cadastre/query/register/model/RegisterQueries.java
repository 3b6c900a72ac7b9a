package dev.cadastre.query.register.model;

import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.Existence.Interval;
import dev.cadastre.query.register.model.Found.Absent;
import dev.cadastre.query.register.model.Found.Present;
import dev.cadastre.query.shared.time.Coordinates;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.temporal.Version;
import dev.cadastre.query.temporal.View;
import dev.cadastre.query.temporal.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for single assets and CIs. Blocks for the version store's time; thread-safe. */
public final class RegisterQueries {

    private final TemporalIndex index;
    private final Bodies bodies;

    public RegisterQueries(TemporalIndex index, Bodies bodies) {
        this.index = index;
        this.bodies = bodies;
    }

    /** The entity at the coordinates, or when it existed. */
    public Found one(RegisterKind kind, String id, Coordinates at) {
        Located located = index.read(view -> locate(view, kind, id, at));
        return located.version() == null
                ? new Absent(located.existence())
                : new Present(
                        new Entity(
                                id,
                                located.sequenceNumber(),
                                located.version().number(),
                                () -> bodies.read(located.version())));
    }

    /**
     * The past states of an entity, as far as a position tells them; empty if nothing is recorded
     * of it by then.
     */
    public Optional<TimeMap> timeMap(RegisterKind kind, String id, long position) {
        return index.read(
                view -> {
                    KindView entities = view.kind(kind.word());
                    int entity = entities.vocabulary().entity(id);
                    return entity == Vocabulary.UNKNOWN
                            ? Optional.empty()
                            : TimeMap.of(view, entities.allVersions(entity), position);
                });
    }

    /**
     * A version of an entity by its number, believed or not; empty if there was none by the
     * known-at of the coordinates. Its sequence number is that of the event that created it.
     */
    public Optional<Entity> version(RegisterKind kind, String id, int number, Coordinates at) {
        Located located = index.read(view -> locateVersion(view, kind, id, number, at));
        return located.version() == null
                ? Optional.empty()
                : Optional.of(
                        new Entity(
                                id,
                                located.sequenceNumber(),
                                number,
                                () -> bodies.read(located.version())));
    }

    private record Located(@Nullable Version version, long sequenceNumber, Existence existence) {
        private static final Located NOWHERE = new Located(null, -1, new Existence(List.of()));
    }

    private static Located locate(View view, RegisterKind kind, String id, Coordinates at) {
        KindView entities = view.kind(kind.word());
        int entity = entities.vocabulary().entity(id);
        if (entity == Vocabulary.UNKNOWN) {
            return Located.NOWHERE;
        }
        Version version = entities.version(entity, IndexCoordinates.of(at));
        if (version == null || !version.present()) {
            return new Located(null, -1, existence(entities, entity, at));
        }
        return new Located(
                version,
                lastSequenceNumber(entities.allVersions(entity), at.position()),
                new Existence(List.of()));
    }

    private static Located locateVersion(
            View view, RegisterKind kind, String id, int number, Coordinates at) {
        KindView entities = view.kind(kind.word());
        int entity = entities.vocabulary().entity(id);
        Version version = entity == Vocabulary.UNKNOWN ? null : entities.version(entity, number);
        if (version == null || version.recordedFrom() > at.position()) {
            return Located.NOWHERE;
        }
        return new Located(
                version,
                lastSequenceNumber(entities.allVersions(entity), version.recordedFrom()),
                new Existence(List.of()));
    }

    /** Each event creates at least one version, and all its versions carry its position. */
    private static long lastSequenceNumber(List<Version> allVersions, long position) {
        long events = 0;
        int before = -1;
        for (Version version : allVersions) {
            if (version.recordedFrom() > position) {
                break;
            }
            if (version.recordedFrom() != before) {
                before = version.recordedFrom();
                events++;
            }
        }
        return events - 1;
    }

    private static Existence existence(KindView entities, int entity, Coordinates at) {
        List<Interval> intervals = new ArrayList<>();
        long from = Existence.OPEN;
        for (Version version : entities.believed(entity, IndexCoordinates.of(at).knownAt())) {
            if (version.present() && from == Existence.OPEN) {
                from = version.validFrom();
            } else if (!version.present() && from != Existence.OPEN) {
                intervals.add(new Interval(from, version.validFrom()));
                from = Existence.OPEN;
            }
        }
        if (from != Existence.OPEN) {
            intervals.add(new Interval(from, Existence.OPEN));
        }
        return new Existence(intervals);
    }
}
