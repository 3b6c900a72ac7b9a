package dev.cadastre.query.versions.mongodb;

import dev.cadastre.query.versions.store.CurrentFields;
import dev.cadastre.query.versions.store.CurrentRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Decimal128;

/**
 * The document of a row, typed as BSON can: instants are dates, amounts are decimals. Names of
 * attributes are percent-encoded where MongoDB would read them as paths or operators.
 */
final class CurrentDocument {

    /** So much JSON never becomes too large a document, whatever it says. */
    private static final int SURELY_FITS = 1 << 20;

    /** Of the 16 MiB that a document can have, a little is left to what is added here. */
    private static final int MOST_BYTES = 15 << 20;

    private CurrentDocument() {}

    static Document of(CurrentRow row) {
        Document document = new Document("_id", row.id());
        if (row.json() == null) {
            return document.append("present", false);
        }
        CurrentFields.of(row.json())
                .forEach(
                        (name, value) -> {
                            if (!name.equals("id")) {
                                document.append(name, member(name, value));
                            }
                        });
        if (row.json().length > SURELY_FITS && size(document) > MOST_BYTES) {
            document.remove("attributes");
            document.remove("relations");
            document.append("truncated", true);
        }
        return document;
    }

    private static Object member(String name, Object value) {
        return switch (name) {
            case "validFrom", "recordedFrom" -> Date.from(Instant.parse((String) value));
            case "position", "version" -> ((Number) value).longValue();
            case "attributes" -> attributes((Map<?, ?>) value);
            case "purchase" -> purchase((Map<?, ?>) value);
            default -> value;
        };
    }

    private static Document attributes(Map<?, ?> attributes) {
        Document document = new Document();
        attributes.forEach((name, value) -> document.append(fieldName((String) name), wide(value)));
        return document;
    }

    /** One type for all whole numbers. */
    private static Object wide(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case List<?> items -> items.stream().map(CurrentDocument::wide).toList();
            default -> value;
        };
    }

    private static String fieldName(String attribute) {
        String encoded = attribute.replace("%", "%25").replace(".", "%2E").replace("\0", "%00");
        return encoded.startsWith("$") ? "%24" + encoded.substring(1) : encoded;
    }

    private static Document purchase(Map<?, ?> purchase) {
        Document document = new Document();
        purchase.forEach(
                (name, value) ->
                        document.append(
                                (String) name,
                                value instanceof Map<?, ?> cost ? cost(cost) : value));
        return document;
    }

    private static Document cost(Map<?, ?> cost) {
        Document document = new Document(new LinkedHashMap<>());
        cost.forEach(
                (name, value) ->
                        document.append(
                                (String) name,
                                "amount".equals(name) ? amount((String) value) : value));
        return document;
    }

    private static Object amount(String amount) {
        try {
            return new Decimal128(new BigDecimal(amount));
        } catch (NumberFormatException moreDigitsThanBsonHas) {
            return amount;
        }
    }

    private static int size(Document document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new DocumentCodec().encode(writer, document, EncoderContext.builder().build());
            return buffer.getSize();
        }
    }
}
