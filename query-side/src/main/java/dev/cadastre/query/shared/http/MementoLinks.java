package dev.cadastre.query.shared.http;

import dev.cadastre.query.shared.time.CoordinateResolver;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of an answer to the resource it is a state of, to where another state is negotiated, to
 * the list of all, and to its neighbours (RFC 7089 section 2.2). The resource negotiates itself: it
 * is the original and the TimeGate. Addresses are relative to the host, and as they came: only the
 * parameters of time, and those that go on within one answer, are taken out.
 */
final class MementoLinks {

    /**
     * What a reader of headers takes without fail; further links are left out, neighbours first.
     */
    private static final int MOST_CHARACTERS = 6_000;

    private static final Set<String> OF_TIME =
            Set.of(CoordinateResolver.AS_OF, CoordinateResolver.KNOWN_AT);
    private static final Set<String> OF_WINDOWS = Set.of(RowWindow.CURSOR, RowWindow.OFFSET);

    private final String path;
    private final String original;
    private final boolean insideAWindow;
    private final List<String> links = new ArrayList<>();
    private final Map<Memento, String> mementos = new LinkedHashMap<>();

    private MementoLinks(String path, List<String> parameters, boolean insideAWindow) {
        this.path = path;
        this.original = path + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
        this.insideAWindow = insideAWindow;
        links.add("<" + original + ">; rel=\"original timegate\"");
    }

    static MementoLinks of(URI request) {
        String query = request.getRawQuery();
        List<String> timeless =
                Arrays.stream(query == null ? new String[0] : query.split("&"))
                        .filter(parameter -> !OF_TIME.contains(name(parameter)))
                        .toList();
        List<String> whole =
                timeless.stream()
                        .filter(parameter -> !OF_WINDOWS.contains(name(parameter)))
                        .toList();
        return new MementoLinks(request.getRawPath(), whole, whole.size() < timeless.size());
    }

    /** Whether the answer is a later part of a list: its memento begins with the first part. */
    boolean isInsideAWindow() {
        return insideAWindow;
    }

    String address(Memento memento) {
        return memento.address(original);
    }

    void add(PastStates past) {
        Memento first = past.first();
        Memento last = past.last();
        String span =
                first == null || last == null
                        ? ""
                        : "; from=\"" + first.datetime() + "\"; until=\"" + last.datetime() + "\"";
        links.add(
                "<"
                        + path
                        + past.timeMap()
                        + ">; rel=\"timemap\"; type=\"application/link-format\""
                        + span);
        add("prev ", past.previous());
        add("next ", past.next());
        add("first ", first);
        add("last ", last);
    }

    /**
     * @param place of the memento among the others, with a space behind it; empty for none
     */
    void add(String place, @Nullable Memento memento) {
        if (memento != null) {
            mementos.merge(memento, place, String::concat);
        }
    }

    String text() {
        mementos.forEach(
                (memento, places) ->
                        links.add(
                                "<"
                                        + address(memento)
                                        + ">; rel=\""
                                        + places
                                        + "memento\"; datetime=\""
                                        + memento.datetime()
                                        + "\""));
        StringBuilder text = new StringBuilder();
        for (String link : links) {
            if (text.length() + link.length() > MOST_CHARACTERS && !text.isEmpty()) {
                break;
            }
            text.append(text.isEmpty() ? "" : ", ").append(link);
        }
        return text.toString();
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return URLDecoder.decode(
                equals < 0 ? parameter : parameter.substring(0, equals), StandardCharsets.UTF_8);
    }
}
