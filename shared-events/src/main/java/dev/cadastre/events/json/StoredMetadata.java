package dev.cadastre.events.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is stored of the circumstances of a change set, besides what its envelopes say. Absent ones
 * are left out of the JSON; readers ignore names they do not know.
 *
 * @param reason free text of whoever asked
 * @param change reference to the change that was carried out
 * @param correlation names the exchange this belongs to
 * @param causation names what led to this
 * @param trace W3C trace parent
 */
public record StoredMetadata(
        @Nullable String reason,
        @Nullable String change,
        @Nullable String correlation,
        @Nullable String causation,
        @Nullable String trace) {

    public static final StoredMetadata NONE = new StoredMetadata(null, null, null, null, null);

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(StoredMetadata.class);
    private static final ObjectReader READER = MAPPER.readerFor(StoredMetadata.class);
    private static final byte[] EMPTY = {'{', '}'};

    /** The JSON as it is stored and digested. */
    public byte[] toJson() {
        return equals(NONE) ? EMPTY.clone() : WRITER.writeValueAsBytes(this);
    }

    /** Reads the stored JSON. */
    public static StoredMetadata read(byte[] json) {
        return json.length <= 2 ? NONE : READER.readValue(json);
    }
}
