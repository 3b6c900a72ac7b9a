package dev.cadastre.query.live.http;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.time.InstantText;
import dev.cadastre.query.live.model.LiveState.Portion;
import dev.cadastre.query.live.model.LiveState.Whole;
import dev.cadastre.query.shared.stream.StreamFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** How a part of an answer reads. Rows are put together without being read. */
final class LiveMessage {

    private static final String RESULT = "result";
    private static final String CHANGE = "change";

    private LiveMessage() {}

    /**
     * A message.
     *
     * @param isFirst whether what the client had before is void
     * @param question stands for the question in the message's id
     */
    static byte[] of(StreamFormat format, boolean isFirst, Portion portion, long question) {
        String kind = isFirst ? RESULT : CHANGE;
        @Nullable Whole whole = portion.whole();
        ByteArrayOutputStream json = new ByteArrayOutputStream(1 << 12);
        write(json, "{\"message\":\"" + kind + "\",\"complete\":" + (whole != null));
        @Nullable String id = null;
        if (whole != null) {
            id = LiveId.of(whole.at(), question).toString();
            write(json, ",\"id\":\"" + id + "\",\"position\":" + whole.at().position());
            write(json, ",\"asOf\":\"" + InstantText.format(whole.at().asOf()) + "\"");
            write(json, ",\"head\":" + whole.head());
        }
        write(json, ",\"put\":[");
        String separator = "";
        for (Map.Entry<String, byte[]> row : portion.put().entrySet()) {
            write(json, separator + "{\"key\":");
            write(json, HttpJson.mapper().writeValueAsString(row.getKey()));
            write(json, ",\"row\":");
            json.writeBytes(row.getValue());
            write(json, "}");
            separator = ",";
        }
        ArrayNode removed = HttpJson.mapper().createArrayNode();
        portion.removed().forEach(removed::add);
        write(json, "],\"removed\":" + removed + "}");
        return format.message(id, kind, json.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
