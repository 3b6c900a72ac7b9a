package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.ValueText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The columns in which a list of things is shown. */
final class ThingColumns {

    private static final String LIFECYCLE = "lifecycle";
    private static final List<String> OF_CIS =
            List.of(
                    "id",
                    "class",
                    "name",
                    "lifecycle/stage",
                    "lifecycle/status",
                    "attributes/environment",
                    "asset",
                    "version",
                    "validFrom");
    private static final List<String> OF_ASSETS =
            List.of(
                    "id",
                    "assetTag",
                    "type",
                    "name",
                    "state",
                    "substate",
                    "location",
                    "custodian",
                    "costCentre",
                    "version",
                    "validFrom");

    private ThingColumns() {}

    /** Paths of members: those that were asked for, else those by which one knows a thing. */
    static List<String> of(Kind kind, @Nullable String fields) {
        if (fields == null) {
            return kind == Kind.CIS ? OF_CIS : OF_ASSETS;
        }
        return Arrays.stream(fields.split(","))
                .map(String::strip)
                .flatMap(
                        field ->
                                field.equals(LIFECYCLE)
                                        ? Stream.of("lifecycle/stage", "lifecycle/status")
                                        : Stream.of(field))
                .toList();
    }

    static String[] headings(List<String> columns) {
        return columns.stream()
                .map(path -> ValueText.heading(path.substring(path.indexOf('/') + 1)))
                .toArray(String[]::new);
    }

    static List<String> cells(List<String> columns, JsonNode thing) {
        return columns.stream().map(path -> ValueText.of(thing.at("/" + path))).toList();
    }
}
