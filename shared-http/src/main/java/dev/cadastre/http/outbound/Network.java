package dev.cadastre.http.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses, as {@code address/bits}. */
record Network(byte[] address, int bits) {

    /**
     * @throws IllegalArgumentException if the text is no block of IPv4 or IPv6 addresses
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (!literal.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw notOne(text, null);
        }
        try {
            // Of literals only, so that no name is looked up.
            byte[] address = InetAddress.getByName(literal).getAddress();
            int all = address.length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw notOne(text, null);
            }
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw notOne(text, e);
        }
    }

    /** Whether an address of the same family lies in the block; of the other family none does. */
    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ other[whole]) & 0xFF) >>> Byte.SIZE - rest == 0;
    }

    private static IllegalArgumentException notOne(String text, Exception cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no network. Write, for example, 10.2.0.0/16 or fd00::/8.",
                cause);
    }
}
