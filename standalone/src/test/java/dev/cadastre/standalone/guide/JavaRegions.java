package dev.cadastre.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Regions of Java sources, which pages show as {@code java} blocks with the region's name. */
final class JavaRegions {

    private static final Path SOURCES = Path.of("src/test/java/dev/cadastre/standalone/guide");
    private static final Pattern REGION =
            Pattern.compile("// region (\\S+)\\n(.*?)\\n *// endregion \\1\\n", Pattern.DOTALL);

    private JavaRegions() {}

    /** A page shows every region of a source as it is, and no other Java. */
    static void assertShown(Path page, Class<?> source) throws IOException {
        Map<String, String> regions = new LinkedHashMap<>();
        REGION.matcher(Files.readString(SOURCES.resolve(source.getSimpleName() + ".java")))
                .results()
                .forEach(
                        found ->
                                regions.put(
                                        found.group(1),
                                        found.group(2).stripTrailing().stripIndent() + "\n"));
        Map<String, String> shown = new LinkedHashMap<>();
        for (Snippet snippet : Snippet.of(page)) {
            if (snippet.language().equals("java")) {
                shown.put(snippet.label(), snippet.text());
            }
        }
        assertThat(shown).isEqualTo(regions);
    }
}
