package dev.cadastre.http.limits;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is percent-encoded in an address must be UTF-8. */
public final class PercentEncoding {

    private PercentEncoding() {}

    /**
     * What is wrong with the percent-encoding of a path or a query, for the caller to read; null if
     * nothing is.
     */
    public static @Nullable String faultOf(String text) {
        if (text.indexOf('%') < 0) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                if (low < 0) {
                    return "A % in the address is followed by two hexadecimal digits. Write a"
                            + " percent sign as %25.";
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                // What is not encoded cannot complete an encoded character.
                bytes.write('.');
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return null;
        } catch (CharacterCodingException e) {
            return "What is percent-encoded in the address is not UTF-8.";
        }
    }
}
