package dev.cadastre.query.temporal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All versions in plain lists, asked by reading every one of them. */
final class NaiveModel {

    static final class Row {
        private final String id;
        private final int number;
        private final int recordedFrom;
        private final long validFrom;
        private final boolean present;
        private final List<@Nullable String> facets;
        private final List<Relation> relations;
        int recordedTo = Version.STILL_BELIEVED;

        Row(
                String id,
                int number,
                int recordedFrom,
                long validFrom,
                boolean present,
                List<@Nullable String> facets,
                List<Relation> relations) {
            this.id = id;
            this.number = number;
            this.recordedFrom = recordedFrom;
            this.validFrom = validFrom;
            this.present = present;
            this.facets = facets;
            this.relations = relations;
        }

        String id() {
            return id;
        }

        int number() {
            return number;
        }

        long validFrom() {
            return validFrom;
        }

        boolean present() {
            return present;
        }

        @Nullable String facet(int place) {
            return facets.get(place);
        }

        List<Relation> relations() {
            return relations;
        }

        boolean believedAt(int knownAt) {
            return recordedFrom <= knownAt && knownAt < recordedTo;
        }

        /** What an answer of the index shows of a version. */
        Seen seen() {
            return new Seen(id, number, validFrom, recordedFrom, recordedTo, present);
        }
    }

    record Relation(String type, String to) {}

    record Seen(
            String id,
            int number,
            long validFrom,
            int recordedFrom,
            int recordedTo,
            boolean present) {}

    final Map<String, List<Row>> rows = new TreeMap<>();
    final NavigableMap<Integer, Long> commits = new TreeMap<>();

    void commit(int lastPosition, long recordedAt) {
        commits.put(lastPosition, recordedAt);
    }

    Row begin(
            String id,
            int position,
            long validFrom,
            boolean present,
            List<@Nullable String> facets,
            List<Relation> relations) {
        List<Row> own = rows.computeIfAbsent(id, key -> new ArrayList<>());
        Row row = new Row(id, own.size(), position, validFrom, present, facets, relations);
        own.add(row);
        return row;
    }

    List<Row> all(String id) {
        return rows.getOrDefault(id, List.of());
    }

    /** Stable sorting keeps versions of the same start in order of creation. */
    List<Row> believed(String id, int knownAt) {
        return all(id).stream()
                .filter(row -> row.believedAt(knownAt))
                .sorted(Comparator.comparingLong(Row::validFrom))
                .toList();
    }

    @Nullable Row at(String id, Coordinates at) {
        Row found = null;
        for (Row row : all(id)) {
            if (row.believedAt(at.knownAt())
                    && row.validFrom() <= at.asOf()
                    && (found == null || row.validFrom() >= found.validFrom())) {
                found = row;
            }
        }
        return found;
    }

    /** In id order. */
    List<Row> matching(Filter filter, Coordinates at) {
        return states(at).filter(row -> matches(filter, row)).toList();
    }

    private Stream<Row> states(Coordinates at) {
        return rows.keySet().stream().flatMap(id -> Stream.ofNullable(at(id, at)));
    }

    private static boolean matches(Filter filter, Row row) {
        boolean wanted =
                switch (filter.presence()) {
                    case PRESENT -> row.present();
                    case REMOVED -> !row.present();
                    case ANY -> true;
                };
        return wanted
                && filter.facets().entrySet().stream()
                        .allMatch(
                                entry ->
                                        entry.getValue()
                                                .contains(
                                                        row.facet(
                                                                History.KIND.facet(
                                                                        entry.getKey()))))
                && (filter.id() == null || filter.id().test(row.id()));
    }

    Map<List<@Nullable String>, Long> counts(Filter filter, List<String> by, Coordinates at) {
        Map<List<@Nullable String>, Long> counts = new HashMap<>();
        if (by.isEmpty()) {
            counts.put(List.of(), 0L);
        }
        for (Row row : matching(filter, at)) {
            List<@Nullable String> key = new ArrayList<>();
            by.forEach(facet -> key.add(row.facet(History.KIND.facet(facet))));
            counts.merge(key, 1L, Long::sum);
        }
        return counts;
    }

    Stream<Long> starts(int knownAt) {
        return rows.values().stream()
                .flatMap(List::stream)
                .filter(row -> row.believedAt(knownAt))
                .map(Row::validFrom);
    }

    /** Starts before or after which the entity matches. */
    Stream<Long> starts(Filter filter, int knownAt) {
        return rows.values().stream()
                .flatMap(
                        versions -> {
                            List<Row> believed =
                                    versions.stream()
                                            .filter(row -> row.believedAt(knownAt))
                                            .sorted(Comparator.comparingLong(Row::validFrom))
                                            .toList();
                            List<Long> starts = new ArrayList<>();
                            for (int i = 0; i < believed.size(); i++) {
                                if (matches(filter, believed.get(i))
                                        || (i > 0 && matches(filter, believed.get(i - 1)))) {
                                    starts.add(believed.get(i).validFrom());
                                }
                            }
                            return starts.stream();
                        });
    }

    /** Relations at the coordinates, source by source. */
    List<Edge> edges(Coordinates at) {
        return states(at)
                .flatMap(
                        row ->
                                row.relations().stream()
                                        .map(to -> new Edge(row.id(), to.type(), to.to())))
                .toList();
    }

    record Edge(String source, String type, String target) {}
}
