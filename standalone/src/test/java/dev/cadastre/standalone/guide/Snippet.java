package dev.cadastre.standalone.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param line of its fence, from 1
 * @param language the fence's first word, perhaps empty
 * @param label what follows it there, perhaps empty
 */
record Snippet(Path page, int line, String language, String label, String text) {

    private static final String FENCE = "```";

    /** All blocks of a page; an indented one has the language {@code indented}. */
    static List<Snippet> of(Path page) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(FENCE)) {
                int begin = i;
                StringBuilder text = new StringBuilder();
                for (i++; !lines.get(i).startsWith(FENCE); i++) {
                    text.append(lines.get(i)).append('\n');
                }
                String[] words = line.substring(FENCE.length()).split(" ", 2);
                String label = words.length < 2 ? "" : words[1];
                snippets.add(new Snippet(page, begin + 1, words[0], label, text.toString()));
            } else if (line.startsWith("    ") && (i == 0 || lines.get(i - 1).isBlank())) {
                snippets.add(new Snippet(page, i + 1, "indented", "", line));
            }
        }
        return snippets;
    }

    @Override
    public String toString() {
        return page.getFileName() + ":" + line + " " + text.lines().findFirst().orElse("");
    }
}
