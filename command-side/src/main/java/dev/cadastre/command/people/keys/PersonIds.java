package dev.cadastre.command.people.keys;

import java.security.SecureRandom;

/** Opaque ids of people: {@code person-} and 128 bits in lower-case base32 (RFC 4648). */
public final class PersonIds {

    private static final String PREFIX = "person-";
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    private PersonIds() {}

    /** A new id that says nothing about anybody. */
    public static String draw(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return of(bytes);
    }

    static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder(PREFIX);
        int held = 0;
        int bits = 0;
        for (byte b : bytes) {
            held = held << 8 | b & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(DIGITS.charAt(held >> bits & 31));
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(DIGITS.charAt(held << 5 - bits & 31));
        }
        return text.toString();
    }
}
