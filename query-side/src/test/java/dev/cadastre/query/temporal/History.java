package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A random history, told to an index and to a naive model alike: late, scheduled and retracted
 * versions, several of the same start, removals and re-registrations, relations that come and go.
 */
final class History {

    static final EntityKind KIND = new EntityKind("ci", List.of("class", "status", "owner"));
    static final EntityKind OTHER = new EntityKind("asset", List.of("state"));
    static final List<EntityKind> KINDS = List.of(KIND, OTHER);

    final TemporalIndex index;
    final NaiveModel model = new NaiveModel();
    final Shape shape;
    private final Random random;
    private int position = -1;

    /**
     * @param entities how many entities there are
     * @param instants valid time runs from 0 to this
     * @param owners how many values the third facet has
     */
    record Shape(int entities, int instants, int owners) {}

    History(long seed, Shape shape) {
        this(seed, shape, new TemporalIndex(KINDS));
    }

    private History(long seed, Shape shape, TemporalIndex index) {
        this.random = new Random(seed);
        this.shape = shape;
        this.index = index;
    }

    static History of(long seed, int commits) {
        Random random = new Random(~seed);
        History history =
                new History(
                        seed,
                        new Shape(
                                1 + random.nextInt(9),
                                1 + random.nextInt(20),
                                1 + random.nextInt(4)));
        history.grow(commits, 4);
        return history;
    }

    /** Adds commits of up to so many changes, handed to the index a few at a time. */
    void grow(int commits, int changes) {
        List<CommitChanges> batch = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            batch.add(commit(random.nextInt(changes + 1)));
            if (random.nextInt(3) == 0) {
                index.apply(batch, new byte[] {(byte) position});
                batch.clear();
            }
        }
        index.apply(batch, new byte[] {(byte) position});
    }

    private CommitChanges commit(int events) {
        List<VersionChange> changes = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            position++;
            change(changes);
        }
        position++;
        long recordedAt = 1_000 + position * 10L;
        model.commit(position, recordedAt);
        return new CommitChanges(position, recordedAt, changes);
    }

    private void change(List<VersionChange> changes) {
        String id = id(random.nextInt(shape.entities()));
        List<NaiveModel.Row> believed = model.believed(id, Integer.MAX_VALUE - 1);
        int choice = random.nextInt(10);
        if (choice < 3 && !believed.isEmpty()) {
            NaiveModel.Row ended = believed.get(random.nextInt(believed.size()));
            changes.add(end(ended));
            if (choice < 2) {
                changes.add(begin(id, ended.validFrom()));
            }
        } else {
            long latest = believed.isEmpty() ? 0 : believed.getLast().validFrom();
            boolean tail = choice < 7 && latest < shape.instants();
            changes.add(begin(id, tail ? latest + 1 : random.nextInt(shape.instants() + 1)));
        }
    }

    private VersionChange end(NaiveModel.Row row) {
        row.recordedTo = position;
        return new VersionChange.Ended("ci", vocabulary().entity(row.id()), row.number(), position);
    }

    private VersionChange begin(String id, long validFrom) {
        boolean present = random.nextInt(5) > 0;
        List<@Nullable String> facets = new ArrayList<>();
        facets.add("class-" + Math.floorMod(id.hashCode(), 3));
        facets.add(random.nextInt(4) == 0 ? null : "status-" + random.nextInt(3));
        facets.add("owner-" + random.nextInt(shape.owners()));
        TreeMap<String, NaiveModel.Relation> relations = new TreeMap<>();
        for (int i = random.nextInt(4); present && i > 0; i--) {
            NaiveModel.Relation relation =
                    new NaiveModel.Relation(
                            "type-" + random.nextInt(2), id(random.nextInt(shape.entities())));
            relations.put(relation.toString(), relation);
        }
        NaiveModel.Row row =
                model.begin(
                        id, position, validFrom, present, facets, List.copyOf(relations.values()));
        Vocabulary vocabulary = vocabulary();
        int[] values = new int[facets.size()];
        for (int facet = 0; facet < values.length; facet++) {
            values[facet] = vocabulary.internValue(facet, facets.get(facet));
        }
        return new VersionChange.Began(
                "ci",
                vocabulary.internEntity(id),
                row.number(),
                position,
                validFrom,
                present,
                values,
                vocabulary.internRelations(
                        row.relations().stream()
                                .map(
                                        relation ->
                                                new RelationTo(
                                                        vocabulary.internRelationType(
                                                                relation.type()),
                                                        vocabulary.internEntity(relation.to())))
                                .toList()));
    }

    Vocabulary vocabulary() {
        return index.vocabulary("ci");
    }

    int position() {
        return position;
    }

    /** Ids in an order that is not that of their numbers. */
    static String id(int number) {
        return Integer.toHexString(number * 0x9E3779B9);
    }

    String randomId(Random from) {
        return id(from.nextInt(shape.entities()));
    }

    /** Coordinates around and within the history; every other time with all that is known. */
    Coordinates randomCoordinates(Random from) {
        return new Coordinates(
                from.nextInt(shape.instants() + 3) - 1,
                from.nextBoolean() ? position + from.nextInt(2) : from.nextInt(position + 3) - 1);
    }
}
