package dev.cadastre.query.register.http;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.shared.list.Parameters;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** The members of bodies that the caller wants to see. */
final class BodyFields {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final List<String> wanted;
    private final boolean all;

    private BodyFields(List<String> wanted, boolean all) {
        this.wanted = wanted;
        this.all = all;
    }

    /** Reads {@code fields}: names of members, separated by commas; all where nothing is said. */
    static BodyFields of(Parameters parameters, RegisterKind kind) {
        List<String> names = parameters.names("fields");
        if (names.isEmpty()) {
            return new BodyFields(kind.fields(), true);
        }
        for (String name : names) {
            if (!kind.fields().contains(name)) {
                throw Parameters.refused(
                        "fields",
                        "There is no field \""
                                + name
                                + "\". Known fields: "
                                + String.join(", ", kind.fields())
                                + ".");
            }
        }
        return new BodyFields(List.copyOf(names), false);
    }

    List<String> names() {
        return wanted;
    }

    /** The body with no more than the wanted members, in the body's order. */
    byte[] of(byte[] body) {
        if (all) {
            return body;
        }
        Set<String> names = Set.copyOf(wanted);
        ByteArrayBuilder bytes = new ByteArrayBuilder(256);
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), body);
                JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            in.nextToken();
            out.writeStartObject();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (names.contains(name)) {
                    out.writeName(name);
                    out.copyCurrentStructure(in);
                } else {
                    in.skipChildren();
                }
            }
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
