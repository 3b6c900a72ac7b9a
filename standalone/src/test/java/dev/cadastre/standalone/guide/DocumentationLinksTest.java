package dev.cadastre.standalone.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads the documentation finds what it points at, and every page of it. */
class DocumentationLinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path CONTENTS = DOCS.resolve("README.md");
    private static final Pattern LINK =
            Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    static List<Path> pages() throws IOException {
        return Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                .map(ROOT::resolve),
                        files().filter(file -> file.toString().endsWith(".md")))
                .toList();
    }

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_leads_somewhere(Path page) throws IOException {
        List<MatchResult> links = LINK.matcher(Files.readString(page)).results().toList();
        for (MatchResult link : links) {
            Path target =
                    link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
            assertThat(target).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as(link.group()).contains(link.group(2));
            }
        }
    }

    @Test
    void every_page_is_in_the_table_of_contents() throws IOException {
        List<Path> listed =
                LINK.matcher(Files.readString(CONTENTS))
                        .results()
                        .map(link -> CONTENTS.resolveSibling(link.group(1)).normalize())
                        .toList();
        assertThat(files().filter(file -> !file.equals(CONTENTS)).map(Path::normalize))
                .isSubsetOf(listed);
    }

    /** What GitHub makes of the headings of a page. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
