package dev.cadastre.query.snapshots.model;

import java.util.Comparator;

/**
 * Texts in the order of their UTF-8 bytes, which is that of their code points. {@link
 * String#compareTo} has another one: it puts what lies beyond the basic plane before U+E000.
 */
final class Utf8Order {

    static final Comparator<String> COMPARATOR = Utf8Order::compare;

    private Utf8Order() {}

    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char left = one.charAt(i);
            char right = other.charAt(i);
            if (left != right) {
                return Character.isSurrogate(left) == Character.isSurrogate(right)
                        ? left - right
                        : Character.isSurrogate(left) ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }
}
