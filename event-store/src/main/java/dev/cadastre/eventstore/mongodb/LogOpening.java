package dev.cadastre.eventstore.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import java.util.List;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Opens the database of a log: makes what is not there, and refuses what is not as it should be.
 * Several processes may open a new database at once.
 */
final class LogOpening {

    private static final Bson FORMAT = Filters.eq(Fields.POSITION, "format");
    private static final String VERSION = "version";

    private LogOpening() {}

    /**
     * An opened database.
     *
     * @param serverFilters whether the server filters arrays
     * @param changeStreams whether it has change streams
     * @param guarded whether its unique indexes hold for elements of arrays
     */
    record Opened(
            LogDatabase database, boolean serverFilters, boolean changeStreams, boolean guarded) {}

    static Opened open(MongoLogSettings settings) {
        LogDatabase database = connect(settings.uri());
        return opening(database, settings, () -> prepare(database, settings));
    }

    /** Opens a database that holds a log, without changing anything of the log. */
    static LogDatabase openExisting(MongoLogSettings settings) {
        LogDatabase database = connect(settings.uri());
        return opening(
                database,
                settings,
                () -> {
                    ConnectedServer server = new ConnectedServer(database.database());
                    StartUpGuards guards = new StartUpGuards(server, settings.allowStandalone());
                    guards.checkServer();
                    if (server.collection(LogDatabase.LOG) == null) {
                        throw new CannotOpen(
                                "The database " + settings.database() + " holds no log.", null);
                    }
                    guards.checkCollection();
                    checkFormat(database);
                    return database;
                });
    }

    private static Opened prepare(LogDatabase database, MongoLogSettings settings) {
        ConnectedServer server = new ConnectedServer(database.database());
        StartUpGuards guards = new StartUpGuards(server, settings.allowStandalone());
        guards.checkServer();
        if (server.collection(LogDatabase.LOG) == null) {
            server.create(LogDatabase.LOG, guards.isLenient());
        }
        guards.checkCollection();
        if (database.log().find().limit(1).first() == null) {
            LogIndex.ALL.forEach(index -> database.log().createIndex(index.key(), index.options()));
            database.state()
                    .updateOne(
                            FORMAT,
                            Updates.setOnInsert(VERSION, StartUpGuards.FORMAT),
                            new UpdateOptions().upsert(true));
        }
        checkFormat(database);
        guards.checkIndexes();
        return new Opened(
                database,
                filtersArrays(database),
                !guards.isStandalone(),
                !guards.isLenient() || server.guardsArrays());
    }

    private static void checkFormat(LogDatabase database) {
        BsonDocument format = database.state().find(FORMAT).first();
        StartUpGuards.checkFormat(
                format == null || !format.isNumber(VERSION)
                        ? null
                        : format.getNumber(VERSION).intValue());
    }

    private static <T> T opening(
            LogDatabase database, MongoLogSettings settings, Supplier<T> opened) {
        try {
            return opened.get();
        } catch (MongoSecurityException e) {
            database.close();
            throw new CannotOpen(
                    "The database refuses the user or the password of the connection string.", e);
        } catch (MongoTimeoutException | MongoSocketException e) {
            database.close();
            throw new LogException.Unavailable(
                    "The database cannot be reached at "
                            + String.join(", ", new ConnectionString(settings.uri()).getHosts())
                            + ". Start it, or put the connection string or the network right; then"
                            + " start this again.",
                    e);
        } catch (MongoException e) {
            database.close();
            throw new CannotOpen(Failures.atOpening(e), e);
        } catch (LogException e) {
            database.close();
            throw e;
        }
    }

    private static LogDatabase connect(String uri) {
        ConnectionString parsed;
        try {
            parsed = new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            // Not with the string itself, which may hold a password.
            throw new CannotOpen(
                    "The connection string is not one of MongoDB: " + e.getMessage(), null);
        }
        StartUpGuards.check(parsed);
        return LogDatabase.connect(parsed);
    }

    private static boolean filtersArrays(LogDatabase database) {
        Document filter =
                new Document(
                        "$filter",
                        new Document("input", "$" + Fields.EVENTS)
                                .append("cond", new Document("$eq", List.of("$$this.i", 0))));
        try {
            database.log()
                    .aggregate(
                            List.of(
                                    Aggregates.limit(1),
                                    Aggregates.project(new Document(Fields.EVENTS, filter))))
                    .first();
            return true;
        } catch (MongoCommandException e) {
            return false;
        }
    }
}
