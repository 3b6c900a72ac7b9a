package dev.cadastre.query.shared.http;

import dev.cadastre.http.time.InstantText;

/**
 * The coordinates that the address of a memento (RFC 7089) tells.
 *
 * @param asOf valid instant, microseconds since 1970
 * @param position the last position recorded by then; -1 for none
 */
public record Memento(long asOf, long position) {

    /**
     * Its address.
     *
     * @param original of the resource, without coordinates
     */
    public String address(String original) {
        return original
                + (original.indexOf('?') < 0 ? "?" : "&")
                + "asOf="
                + InstantText.format(asOf)
                + "&knownAt=position:"
                + position;
    }

    /** Its datetime, as an HTTP date. */
    public String datetime() {
        return InstantText.formatHttpDate(asOf);
    }
}
