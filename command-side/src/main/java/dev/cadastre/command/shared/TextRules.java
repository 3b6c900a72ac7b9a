package dev.cadastre.command.shared;

import org.jspecify.annotations.Nullable;

/** What text may be: bounded, and made of whole characters. */
public final class TextRules {

    /** Longest id or name, in characters (Unicode code points). */
    public static final int NAME = 300;

    /** Longest text value, in characters. */
    public static final int VALUE = 65_536;

    private TextRules() {}

    /** What is wrong with a text that is an id, or null. */
    public static @Nullable String faultOfId(String text) {
        return text.equals(".") || text.equals("..")
                ? "an id is not \".\" or \"..\""
                : faultOfName(text);
    }

    /** What is wrong with a text that is a name, or null. */
    public static @Nullable String faultOfName(String text) {
        if (text.isEmpty()) {
            return "it is empty";
        }
        String fault = faultOf(text, NAME);
        if (fault != null) {
            return fault;
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? "it holds a control character"
                : null;
    }

    /** What is wrong with a text, or null. */
    public static @Nullable String faultOf(String text, int longest) {
        if (text.length() > longest && text.codePointCount(0, text.length()) > longest) {
            return "it is longer than " + longest + " characters";
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "it holds half a character (an unpaired surrogate)";
                }
                i++;
            }
        }
        return null;
    }
}
