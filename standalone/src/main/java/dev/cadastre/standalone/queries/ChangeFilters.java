package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.client.ApiPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which change sets a list shows. */
final class ChangeFilters {

    /** From where on, and which way. */
    static final class Place {
        @Option(
                names = "--before",
                paramLabel = "POSITION",
                description = "Those before this position, the newest first (default: all).")
        private @Nullable Long before;

        @Option(
                names = "--after",
                paramLabel = "POSITION",
                description = "Those after this position, the oldest first; -1 is the beginning.")
        private @Nullable Long after;
    }

    /** Whether there is a change reference. */
    static final class Planning {
        @Option(names = "--unplanned", description = "Only those without a change reference.")
        private boolean unplanned;

        @Option(names = "--planned", description = "Only those with a change reference.")
        private boolean planned;
    }

    @ArgGroup private @Nullable Place place;
    @ArgGroup private @Nullable Planning planning;

    @Option(
            names = "--change",
            paramLabel = "REFERENCE",
            description = "Only those under this change reference.")
    private List<String> change = new ArrayList<>();

    @Option(
            names = "--actor",
            paramLabel = "ID",
            description = "Only those that this one asked for.")
    private List<String> actor = new ArrayList<>();

    @Option(
            names = "--principal",
            paramLabel = "ID",
            description = "Only those recorded with this one's token.")
    private List<String> principal = new ArrayList<>();

    @Option(names = "--source", paramLabel = "SOURCE", description = "Only those from this source.")
    private List<String> source = new ArrayList<>();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only those that tell of this kind: asset, ci, ci-class, person ...")
    private List<String> kind = new ArrayList<>();

    @Option(
            names = "--entity",
            paramLabel = "KIND:ID",
            description = "Only those that tell of this thing, for example ci:web-01.")
    private List<String> entity = new ArrayList<>();

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description = "Only those recorded by then; position:N is exact.")
    private @Nullable String knownAt;

    /** What is asked for besides the limit. */
    ApiPath addTo(ApiPath path) {
        ApiPath with =
                path.with("before", place == null ? null : place.before)
                        .with("after", place == null ? null : place.after)
                        .with("unplanned", planning == null ? null : planning.unplanned);
        with = with(with, "change", change);
        with = with(with, "actor", actor);
        with = with(with, "principal", principal);
        with = with(with, "source", source);
        with = with(with, "kind", kind);
        return with(with, "entity", entity).with("knownAt", knownAt);
    }

    private static ApiPath with(ApiPath path, String name, List<String> values) {
        ApiPath with = path;
        for (String value : values) {
            with = with.with(name, value);
        }
        return with;
    }
}
