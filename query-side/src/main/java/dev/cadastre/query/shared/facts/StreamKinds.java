package dev.cadastre.query.shared.facts;

import dev.cadastre.events.json.EventJson;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The kinds of streams that events can belong to, for example {@code ci}. */
public final class StreamKinds {

    private static final SortedSet<String> ALL = all();

    private StreamKinds() {}

    private static SortedSet<String> all() {
        SortedSet<String> kinds = new TreeSet<>();
        EventJson.types().forEach(type -> kinds.add(of(type.name(), '.')));
        return Collections.unmodifiableSortedSet(kinds);
    }

    /** All of them. */
    public static SortedSet<String> known() {
        return ALL;
    }

    /** The kind of a stream, by its text. */
    public static String of(String stream) {
        return of(stream, ':');
    }

    private static String of(String text, char end) {
        return text.substring(0, text.indexOf(end));
    }
}
