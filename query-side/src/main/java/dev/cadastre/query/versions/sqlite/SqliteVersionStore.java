package dev.cadastre.query.versions.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.query.versions.store.Body;
import dev.cadastre.query.versions.store.BodyKey;
import dev.cadastre.query.versions.store.TrackingToken;
import dev.cadastre.query.versions.store.VersionStore;
import dev.cadastre.query.versions.store.VersionStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The version store in one SQLite file, whose format is {@code docs/formats/version-store.md}. The
 * file can always be rebuilt from the log, so its commits do not wait for the disk: after a power
 * loss the last ones may be missing, which the token tells.
 */
public final class SqliteVersionStore implements VersionStore {

    private static final int READERS = 4;

    /** Matches reach back 65,535 bytes: beyond this a base is of little use. */
    private static final int LARGEST_BASE = 32_000;

    private static final long BASES_BYTES = 32L << 20;

    /** A body after which later ones of its entity are compressed. */
    private record Base(long row, byte[] json, int storedLength) {}

    private final Connection writer;
    private final PreparedStatement insert;
    private final PreparedStatement setToken;
    private final BodyCompression compression = new BodyCompression();
    private final Cache<String, Base> bases =
            Caffeine.newBuilder()
                    .maximumWeight(BASES_BYTES)
                    .weigher((String _, Base base) -> base.json().length + 200)
                    .executor(Runnable::run)
                    .build();
    private final BlockingQueue<BodyReader> readers = new ArrayBlockingQueue<>(READERS);

    private SqliteVersionStore(Connection writer, List<BodyReader> readers) throws SQLException {
        this.writer = writer;
        this.insert =
                writer.prepareStatement("INSERT OR IGNORE INTO body(key, json) VALUES (?, ?)");
        this.setToken =
                writer.prepareStatement(
                        "INSERT INTO token(one, position, root) VALUES (1, ?, ?) ON CONFLICT DO UPDATE"
                                + " SET position = excluded.position, root = excluded.root"
                                + " WHERE excluded.position > position");
        this.readers.addAll(readers);
    }

    /**
     * Opens the file, or makes it.
     *
     * @throws VersionStoreException if it cannot be opened or its format is newer
     */
    public static SqliteVersionStore open(Path file) {
        List<BodyReader> readers = new ArrayList<>();
        Connection writer = null;
        try {
            writer = VersionFile.openForWriting(file);
            for (int i = 0; i < READERS; i++) {
                readers.add(new BodyReader(VersionFile.openForReading(file)));
            }
            return new SqliteVersionStore(writer, readers);
        } catch (SQLException e) {
            readers.forEach(BodyReader::close);
            VersionFile.closeQuietly(writer);
            throw VersionFile.cannotOpen(file, e);
        }
    }

    @Override
    public synchronized TrackingToken token() {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery("SELECT position, root FROM token")) {
            return row.next()
                    ? new TrackingToken(row.getLong(1), row.getBytes(2))
                    : TrackingToken.NOTHING;
        } catch (SQLException e) {
            throw cannot("read the token", e);
        }
    }

    @Override
    public synchronized void write(List<Body> bodies, TrackingToken token) {
        try {
            begin();
            for (Body body : bodies) {
                insert.setLong(1, VersionFile.rowOf(body.key()));
                insert.setBytes(2, stored(body));
                insert.executeUpdate();
            }
            setToken.setLong(1, token.position());
            setToken.setBytes(2, token.root());
            setToken.executeUpdate();
            commit();
        } catch (SQLException e) {
            bases.invalidateAll();
            rollback();
            throw cannot("write", e);
        }
    }

    private byte[] stored(Body body) {
        long row = VersionFile.rowOf(body.key());
        Base base = bases.getIfPresent(body.entity());
        if (base != null && base.row() < row) {
            byte[] afterBase = compression.compress(body.json(), base.row(), base.json());
            if (2 * afterBase.length < base.storedLength()) {
                return afterBase;
            }
        }
        byte[] alone = compression.compress(body.json());
        if (body.json().length <= LARGEST_BASE) {
            bases.put(body.entity(), new Base(row, body.json(), alone.length));
        }
        return alone;
    }

    @Override
    public List<byte[]> read(List<BodyKey> keys) {
        BodyReader reader;
        try {
            reader = readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VersionStoreException("The wait for the version store was given up.", e);
        }
        try {
            return reader.read(keys);
        } catch (SQLException e) {
            throw cannot("read", e);
        } finally {
            readers.add(reader);
        }
    }

    @Override
    public synchronized void clear() {
        try (Statement statement = writer.createStatement()) {
            begin();
            bases.invalidateAll();
            statement.executeUpdate("DELETE FROM body");
            statement.executeUpdate("DELETE FROM token");
            commit();
        } catch (SQLException e) {
            rollback();
            throw cannot("clear", e);
        }
    }

    @Override
    public synchronized void close() {
        for (int i = 0; i < READERS; i++) {
            BodyReader reader = readers.poll();
            if (reader != null) {
                reader.close();
            }
        }
        VersionFile.closeQuietly(writer);
    }

    private void begin() throws SQLException {
        writer.setAutoCommit(false);
    }

    private void commit() throws SQLException {
        writer.commit();
        writer.setAutoCommit(true);
    }

    private void rollback() {
        try {
            writer.rollback();
            writer.setAutoCommit(true);
        } catch (SQLException alreadyBroken) {
            // The failure that led here is the one to tell.
        }
    }

    private static VersionStoreException cannot(String what, SQLException e) {
        return new VersionStoreException(
                "The version store cannot " + what + ": " + e.getMessage(), e);
    }
}
