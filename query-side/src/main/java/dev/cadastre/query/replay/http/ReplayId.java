package dev.cadastre.query.replay.http;

import dev.cadastre.events.Microseconds;
import dev.cadastre.query.replay.model.Axis;
import dev.cadastre.query.replay.model.Place;
import dev.cadastre.query.replay.model.ReplayPoint;
import dev.cadastre.query.replay.model.ReplayRange;
import dev.cadastre.query.shared.list.Parameters;
import dev.cadastre.query.temporal.Coordinates;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The id of a message: how far a replay was told, and everything needed to go on from there, with
 * the coordinates it began with. Opaque to callers; not secret, and no proof of anything: whoever
 * makes one up reaches what any reader may ask for.
 *
 * @param query digest of everything that decides which messages come
 */
record ReplayId(ReplayRange range, ReplayPoint point, long query) {

    private static final byte FORMAT = 1;
    private static final int LENGTH = 2 + 7 * Long.BYTES + 2 * Integer.BYTES;
    private static final int CHECK = 8;
    private static final int LONGEST_TEXT = 200;

    String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH + CHECK);
        bytes.put(FORMAT);
        bytes.put((byte) range.axis().ordinal());
        bytes.putLong(range.from().asOf());
        bytes.putInt(range.from().knownAt());
        bytes.putLong(range.to().asOf());
        bytes.putInt(range.to().knownAt());
        bytes.putLong(point.items());
        bytes.putLong(point.place().asOf());
        bytes.putLong(point.place().position());
        bytes.putLong(point.place().within());
        bytes.putLong(query);
        bytes.put(check(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads an id.
     *
     * @param parameter that it came in
     * @throws dev.cadastre.http.problem.ProblemException if it was not made by {@link #encode} for
     *     this query, or names a place outside of its range
     */
    static ReplayId decode(String parameter, String text, long query) {
        byte[] bytes = bytes(parameter, text);
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        int axis = in.get();
        Coordinates from = new Coordinates(in.getLong(), in.getInt());
        Coordinates to = new Coordinates(in.getLong(), in.getInt());
        ReplayPoint point =
                new ReplayPoint(in.getLong(), new Place(in.getLong(), in.getLong(), in.getLong()));
        if (in.getLong() != query) {
            throw Parameters.refused(
                    parameter,
                    "The id belongs to another replay. Send it with the same parameters as the"
                            + " replay it came from.");
        }
        if (axis < 0 || axis >= Axis.values().length || !isWithin(point, from, to)) {
            throw unreadable(parameter);
        }
        try {
            return new ReplayId(new ReplayRange(Axis.values()[axis], from, to), point, query);
        } catch (IllegalArgumentException e) {
            throw unreadable(parameter);
        }
    }

    private static byte[] bytes(String parameter, String text) {
        byte[] bytes = new byte[0];
        if (text.length() <= LONGEST_TEXT) {
            try {
                bytes = Base64.getUrlDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw unreadable(parameter);
            }
        }
        if (bytes.length != LENGTH + CHECK
                || bytes[0] != FORMAT
                || !Arrays.equals(
                        check(bytes), Arrays.copyOfRange(bytes, LENGTH, LENGTH + CHECK))) {
            throw unreadable(parameter);
        }
        return bytes;
    }

    private static boolean isWithin(ReplayPoint point, Coordinates from, Coordinates to) {
        Place place = point.place();
        return from.knownAt() >= -1
                && from.asOf() >= Microseconds.EARLIEST
                && to.asOf() <= Microseconds.LATEST
                && point.items() >= ReplayPoint.ENDED
                && place.within() >= 0
                && place.asOf() >= from.asOf()
                && place.asOf() <= to.asOf()
                && place.position() >= from.knownAt()
                && place.position() <= to.knownAt();
    }

    private static byte[] check(byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, LENGTH);
            return Arrays.copyOf(sha256.digest(), CHECK);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static RuntimeException unreadable(String parameter) {
        return Parameters.refused(
                parameter,
                parameter
                        + " is no id of a replay. Take it unchanged from a message of the same"
                        + " replay.");
    }
}
