package dev.cadastre.query.temporal;

import java.util.Arrays;

/**
 * A growing column of numbers from 0 on, most of them small: each chunk is as wide (one, two or
 * four bytes) as the greatest number in it asks for, so that a wide number widens one chunk only.
 */
final class NarrowColumn {

    private static final int SHIFT = 13;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;

    private Object[] chunks = {new byte[16]};

    int get(int row) {
        Object chunk = chunks[row >>> SHIFT];
        int place = row & MASK;
        if (chunk instanceof byte[] bytes) {
            return bytes[place] & 0xff;
        }
        if (chunk instanceof short[] shorts) {
            return shorts[place] & 0xffff;
        }
        return ((int[]) chunk)[place];
    }

    void set(int row, int value) {
        int index = row >>> SHIFT;
        int place = row & MASK;
        while (index >= chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            chunks[chunks.length - 1] = new byte[CHUNK];
        }
        Object chunk = roomFor(chunks[index], place);
        if (chunk instanceof byte[] bytes && value > 0xff) {
            chunk = value > 0xffff ? widened(shortsOf(bytes)) : shortsOf(bytes);
        } else if (chunk instanceof short[] shorts && value > 0xffff) {
            chunk = widened(shorts);
        }
        chunks[index] = chunk;
        switch (chunk) {
            case byte[] bytes -> bytes[place] = (byte) value;
            case short[] shorts -> shorts[place] = (short) value;
            default -> ((int[]) chunk)[place] = value;
        }
    }

    private static Object roomFor(Object chunk, int place) {
        int length = Math.min(CHUNK, Integer.highestOneBit(Math.max(1, place)) << 1);
        return switch (chunk) {
            case byte[] bytes when place >= bytes.length -> Arrays.copyOf(bytes, length);
            case short[] shorts when place >= shorts.length -> Arrays.copyOf(shorts, length);
            case int[] ints when place >= ints.length -> Arrays.copyOf(ints, length);
            default -> chunk;
        };
    }

    private static short[] shortsOf(byte[] bytes) {
        short[] shorts = new short[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            shorts[i] = (short) (bytes[i] & 0xff);
        }
        return shorts;
    }

    private static int[] widened(short[] shorts) {
        int[] ints = new int[shorts.length];
        for (int i = 0; i < shorts.length; i++) {
            ints[i] = shorts[i] & 0xffff;
        }
        return ints;
    }

    long heapBytes() {
        long bytes = 0;
        for (Object chunk : chunks) {
            bytes +=
                    24
                            + switch (chunk) {
                                case byte[] b -> b.length;
                                case short[] s -> 2L * s.length;
                                default -> 4L * ((int[]) chunk).length;
                            };
        }
        return bytes;
    }
}
