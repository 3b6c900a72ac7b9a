package dev.cadastre.query.history;

import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** RFC 8785 for values without fractions: members sorted by UTF-16 code units, no spaces. */
final class CanonicalJson {

    private CanonicalJson() {}

    static String of(JsonNode node) {
        StringBuilder text = new StringBuilder();
        append(node, text);
        return text.toString();
    }

    private static void append(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            text.append('{');
            String separator = "";
            for (String name : new TreeSet<>(node.propertyNames())) {
                text.append(separator);
                appendText(name, text);
                text.append(':');
                append(node.get(name), text);
                separator = ",";
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            String separator = "";
            for (JsonNode item : node) {
                text.append(separator);
                append(item, text);
                separator = ",";
            }
            text.append(']');
        } else if (node.isString()) {
            appendText(node.stringValue(), text);
        } else if (node.isIntegralNumber() || node.isBoolean() || node.isNull()) {
            text.append(node.asString());
        } else {
            throw new IllegalArgumentException("no canonical form is known for " + node);
        }
    }

    private static void appendText(String value, StringBuilder text) {
        text.append('"');
        for (char c : value.toCharArray()) {
            int named = List.of('"', '\\', '\b', '\f', '\n', '\r', '\t').indexOf(c);
            if (named >= 0) {
                text.append('\\').append("\"\\bfnrt".charAt(named));
            } else if (c < 0x20) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
