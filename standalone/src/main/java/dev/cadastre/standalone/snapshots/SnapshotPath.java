package dev.cadastre.standalone.snapshots;

import dev.cadastre.standalone.client.ApiPath;
import java.util.ArrayList;
import java.util.List;

/** Where snapshots lie in the API. */
final class SnapshotPath {

    private SnapshotPath() {}

    /** The path of all snapshots, of one, or of a part of it. */
    static ApiPath of(String... below) {
        List<String> segments = new ArrayList<>(List.of("snapshots"));
        segments.addAll(List.of(below));
        return ApiPath.of(segments.toArray(String[]::new));
    }
}
