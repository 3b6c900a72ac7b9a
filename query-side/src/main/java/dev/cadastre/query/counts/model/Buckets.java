package dev.cadastre.query.counts.model;

/**
 * A stretch of time cut into buckets of the same length, to the microsecond. Both ends belong to
 * the stretch; where the length is no multiple of the number, buckets differ by a microsecond.
 *
 * @param from first microsecond, counted from 1970
 * @param to last microsecond
 * @param number how many buckets
 */
public record Buckets(long from, long to, int number) {

    /** The most buckets that a histogram may have. */
    public static final int MOST_BUCKETS = 1_000;

    /**
     * @throws IllegalArgumentException if a bucket would be shorter than a microsecond, or there
     *     are too many
     */
    public Buckets {
        if (to < from) {
            throw new IllegalArgumentException("A stretch of time does not end before it begins.");
        }
        if (number < 1 || number > MOST_BUCKETS) {
            throw new IllegalArgumentException(
                    "A histogram has 1 to " + MOST_BUCKETS + " buckets.");
        }
        if (to - from + 1 < number) {
            throw new IllegalArgumentException("A bucket is not shorter than a microsecond.");
        }
    }

    /** The first microsecond of a bucket; of bucket {@code number}: the first after the stretch. */
    public long start(int bucket) {
        long length = to - from + 1;
        return from + length / number * bucket + length % number * bucket / number;
    }

    /** The last microsecond of a bucket. */
    public long end(int bucket) {
        return start(bucket + 1) - 1;
    }
}
