package dev.cadastre.query.mementos.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.register.model.TimeMap;
import dev.cadastre.query.register.model.TimeMap.PastState;
import dev.cadastre.query.shared.http.Memento;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a TimeMap as it reads.
 *
 * @param original address of the resource whose states these are, and which negotiates them
 * @param self address of the TimeMap without parameters
 * @param map all of it
 */
record TimeMapPage(String original, String self, TimeMap map, long offset, int limit) {

    /** How many mementos a part has unless fewer are asked for. */
    static final int MOST = 1_000;

    /** Reads as RFC 6690 has it, with the relations of RFC 7089. */
    String linkFormat() {
        StringBuilder links = new StringBuilder(512);
        links.append("<").append(original).append(">; rel=\"original timegate\"");
        timeMap(links, "self", offset);
        if (offset > 0) {
            timeMap(links, "prev timemap", previous());
        }
        if (hasNext()) {
            timeMap(links, "next timemap", next());
        }
        List<PastState> all = map.states();
        for (PastState state : part(offset)) {
            String first = state.equals(all.getFirst()) ? "first " : "";
            String last = state.equals(all.getLast()) ? "last " : "";
            Memento memento = memento(state);
            links.append(",\n<")
                    .append(memento.address(original))
                    .append(">; rel=\"")
                    .append(first)
                    .append(last)
                    .append("memento\"; datetime=\"")
                    .append(memento.datetime())
                    .append('"');
        }
        return links.append('\n').toString();
    }

    ObjectNode json() {
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("original", original);
        json.put("timegate", original);
        json.put("timemap", self);
        ArrayNode mementos = json.putArray("mementos");
        part(offset).forEach(state -> mementos.add(json(state)));
        json.put("total", map.states().size());
        json.put("previousPart", offset > 0 ? address(previous()) : null);
        json.put("nextPart", hasNext() ? address(next()) : null);
        return json;
    }

    private ObjectNode json(PastState state) {
        Memento memento = memento(state);
        ObjectNode json = HttpJson.mapper().createObjectNode();
        json.put("uri", memento.address(original));
        json.put("datetime", memento.datetime());
        json.put("from", InstantText.format(state.from()));
        json.put("until", state.until() == TimeMap.OPEN ? null : InstantText.format(state.until()));
        json.put("position", state.position());
        json.put("version", state.version());
        return json;
    }

    private void timeMap(StringBuilder links, String relation, long from) {
        links.append(",\n<")
                .append(address(from))
                .append(">; rel=\"")
                .append(relation)
                .append("\"; type=\"application/link-format\"");
        List<PastState> part = part(from);
        if (!part.isEmpty()) {
            links.append("; from=\"")
                    .append(memento(part.getFirst()).datetime())
                    .append("\"; until=\"")
                    .append(memento(part.getLast()).datetime())
                    .append('"');
        }
    }

    private List<PastState> part(long from) {
        int size = map.states().size();
        int begin = (int) Math.min(from, size);
        return map.states().subList(begin, Math.min(begin + limit, size));
    }

    private boolean hasNext() {
        return next() < map.states().size();
    }

    private long next() {
        return offset + limit;
    }

    private long previous() {
        return Math.max(0, offset - limit);
    }

    private String address(long from) {
        String window =
                (from > 0 ? "&offset=" + from : "") + (limit < MOST ? "&limit=" + limit : "");
        return window.isEmpty() ? self : self + "?" + window.substring(1);
    }

    private static Memento memento(PastState state) {
        return new Memento(state.from(), state.position());
    }
}
