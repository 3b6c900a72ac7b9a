package dev.cadastre.eventstore.mongodb;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import dev.cadastre.eventstore.log.LogException;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;

/**
 * Payloads and metadata of large commits, in pieces of equal size that are named by their SHA-256.
 * A piece is stored before the commit that names it; one without a commit is harmless.
 */
final class Blobs {

    private static final int PIECE_BYTES = 1 << 18;
    private static final int PIECES_AT_ONCE = 8;

    private final MongoCollection<BsonDocument> collection;

    Blobs(MongoCollection<BsonDocument> collection) {
        this.collection = collection;
    }

    /** One piece with its name. */
    record Blob(byte[] hash, byte[] bytes) {}

    /** Where bytes lie in all pieces of a commit, one after the other. */
    record Range(long offset, int length) {}

    /** The bytes of one commit on their way into pieces. */
    static final class Bundle {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE_BYTES);

        Range add(byte[] added) {
            Range range = new Range(bytes.size(), added.length);
            bytes.writeBytes(added);
            return range;
        }

        List<Blob> blobs() {
            byte[] all = bytes.toByteArray();
            List<Blob> blobs = new ArrayList<>();
            for (int from = 0; from < all.length; from += PIECE_BYTES) {
                byte[] piece =
                        Arrays.copyOfRange(all, from, Math.min(all.length, from + PIECE_BYTES));
                blobs.add(new Blob(sha256(piece), piece));
            }
            return blobs;
        }
    }

    /** Stores what is not stored yet. */
    void store(List<Blob> blobs) {
        for (int from = 0; from < blobs.size(); from += PIECES_AT_ONCE) {
            List<BsonDocument> documents =
                    blobs.subList(from, Math.min(blobs.size(), from + PIECES_AT_ONCE)).stream()
                            .map(Blobs::document)
                            .toList();
            try {
                collection.insertMany(documents, new InsertManyOptions().ordered(false));
            } catch (MongoBulkWriteException e) {
                if (e.getWriteConcernError() != null || !onlyDuplicates(e)) {
                    throw Failures.of("Storing the payloads of a large commit", e);
                }
            } catch (MongoException e) {
                throw Failures.of("Storing the payloads of a large commit", e);
            }
        }
    }

    /** The pieces of one commit, each read when it is asked for. Not thread-safe. */
    Pieces of(long commit, List<byte[]> hashes) {
        return new Pieces(commit, hashes);
    }

    final class Pieces {
        private final long commit;
        private final List<byte[]> hashes;
        private final Map<Integer, byte[]> read = new HashMap<>();

        private Pieces(long commit, List<byte[]> hashes) {
            this.commit = commit;
            this.hashes = hashes;
        }

        byte[] bytes(Range range) {
            if (range.offset() < 0
                    || range.length() < 0
                    || range.offset() + range.length() > (long) hashes.size() * PIECE_BYTES) {
                throw new LogException.Corrupt(commit, "a payload lies outside of its blobs");
            }
            byte[] bytes = new byte[range.length()];
            int done = 0;
            while (done < bytes.length) {
                long at = range.offset() + done;
                byte[] piece =
                        read.computeIfAbsent((int) (at / PIECE_BYTES), number -> read(number));
                int from = (int) (at % PIECE_BYTES);
                int length = Math.min(bytes.length - done, piece.length - from);
                if (length <= 0) {
                    throw new LogException.Corrupt(commit, "a blob of the commit is too short");
                }
                System.arraycopy(piece, from, bytes, done, length);
                done += length;
            }
            return bytes;
        }

        private byte[] read(int number) {
            BsonDocument found =
                    collection
                            .find(Filters.eq(Fields.POSITION, new BsonBinary(hashes.get(number))))
                            .first();
            if (found == null || !found.isBinary(Fields.BYTES)) {
                throw new LogException.Corrupt(commit, "a blob of the commit is missing");
            }
            return found.getBinary(Fields.BYTES).getData();
        }
    }

    private static BsonDocument document(Blob blob) {
        return new BsonDocument(Fields.POSITION, new BsonBinary(blob.hash()))
                .append(Fields.BYTES, new BsonBinary(blob.bytes()));
    }

    static boolean onlyDuplicates(MongoBulkWriteException failure) {
        return failure.getWriteErrors().stream()
                .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
