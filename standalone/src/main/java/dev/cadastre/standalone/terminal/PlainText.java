package dev.cadastre.standalone.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text from elsewhere, as it may be shown on a terminal: what would move the cursor, colour,
 * reorder or end the line is replaced by a sign that can be seen.
 */
public final class PlainText {

    private static final int PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;
    private static final int REPLACEMENT = 0xFFFD;
    private static final int VARIATION_TO_EMOJI = 0xFE0F;
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private PlainText() {}

    /** The text without control characters. */
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().map(PlainText::visible).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static int visible(int c) {
        if (c < ' ') {
            return PICTURES + c;
        }
        if (c == 0x7f) {
            return PICTURE_OF_DELETE;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    REPLACEMENT;
            case Character.FORMAT -> isJoining(c) ? c : REPLACEMENT;
            default -> c;
        };
    }

    /** Parts of single letters and signs; the other characters of this kind reorder or hide. */
    private static boolean isJoining(int c) {
        return c == 0x200c || c == 0x200d || c == 0xad || c >= 0xe0020 && c <= 0xe007f;
    }

    /** How many columns of a terminal plain text takes. */
    public static int width(String plain) {
        if (isAscii(plain)) {
            return plain.length();
        }
        int width = 0;
        Matcher clusters = CLUSTER.matcher(plain);
        while (clusters.find()) {
            width += widthOfCluster(clusters.group());
        }
        return width;
    }

    /** The beginning of plain text that takes at most so many columns, its end marked if cut. */
    public static String cut(String plain, int columns) {
        if (width(plain) <= columns) {
            return plain;
        }
        StringBuilder cut = new StringBuilder(columns);
        int width = 0;
        Matcher clusters = CLUSTER.matcher(plain);
        while (clusters.find()) {
            String cluster = clusters.group();
            width += widthOfCluster(cluster);
            if (width > columns - 1) {
                break;
            }
            cut.append(cluster);
        }
        return cut.append('\u2026').toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static int widthOfCluster(String cluster) {
        int first = cluster.codePointAt(0);
        if (isWide(first) || cluster.indexOf(VARIATION_TO_EMOJI) >= 0) {
            return 2;
        }
        return switch (Character.getType(first)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> 1;
        };
    }

    /** East Asian wide letters (Unicode, UAX 11) by their blocks, and emoji. */
    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115f
                        || c >= 0x2e80 && c <= 0x303e
                        || c >= 0x3041 && c <= 0x4dbf
                        || c >= 0x4e00 && c <= 0xa4cf
                        || c >= 0xa960 && c <= 0xa97c
                        || c >= 0xac00 && c <= 0xd7a3
                        || c >= 0xf900 && c <= 0xfaff
                        || c >= 0xfe30 && c <= 0xfe6f
                        || c >= 0xff00 && c <= 0xff60
                        || c >= 0xffe0 && c <= 0xffe6
                        || c >= 0x20000 && c <= 0x3fffd
                        || Character.isEmojiPresentation(c));
    }
}
