package dev.cadastre.query.shared.http;

/**
 * Texts as cells of a spreadsheet. One that a spreadsheet would take for a formula is led by an
 * apostrophe, unless cells are for machines.
 *
 * @param raw whether cells are for machines
 */
public record SpreadsheetText(boolean raw) {

    /** The longest text that a cell of a workbook holds, in UTF-16 code units. */
    private static final int LONGEST = 32_767;

    private static final String FORMULA = "=+-@\t\r";

    /** A text that no spreadsheet evaluates. */
    public String neutral(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return formula && !raw ? "'" + text : text;
    }

    /**
     * The same as a workbook's cell holds it: what XML cannot hold reads as U+FFFD, and a text that
     * is too long ends in an ellipsis.
     */
    public String cell(String text) {
        String neutral = readable(neutral(text));
        if (neutral.length() <= LONGEST) {
            return neutral;
        }
        int end = LONGEST - 1;
        return neutral.substring(
                        0, Character.isHighSurrogate(neutral.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }

    private static String readable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnknownToXml(text.charAt(i))) {
                StringBuilder readable = new StringBuilder(text);
                for (int j = i; j < text.length(); j++) {
                    if (isUnknownToXml(text.charAt(j))) {
                        readable.setCharAt(j, '\uFFFD');
                    }
                }
                return readable.toString();
            }
        }
        return text;
    }

    /** XML 1.0 section 2.2; the log holds no half surrogate pairs. */
    private static boolean isUnknownToXml(char c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == '\uFFFE' || c == '\uFFFF';
    }
}
