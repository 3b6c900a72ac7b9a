package dev.cadastre.eventstore.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.ReadConcern;
import com.mongodb.ReadConcernLevel;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses what would lose acknowledged commits or let two of them have one place, each with what to
 * do about it. Only a standalone server that is allowed on purpose is let off what it cannot do.
 */
final class StartUpGuards {

    /** The format of the collections that this product reads and writes. */
    static final int FORMAT = 1;

    private static final Logger LOGGER = LoggerFactory.getLogger(StartUpGuards.class);
    private static final int LEAST_MAJOR_VERSION = 7;

    private final LogServer server;
    private final boolean allowStandalone;

    StartUpGuards(LogServer server, boolean allowStandalone) {
        this.server = server;
        this.allowStandalone = allowStandalone;
    }

    /** Options in the connection string are either what the log needs, or refused. */
    static void check(ConnectionString uri) {
        WriteConcern write = uri.getWriteConcern();
        if (write != null
                && (!"majority".equals(write.getWObject()) && write.getWObject() != null)) {
            throw refusal(
                    "The connection string asks for the write concern w="
                            + write.getWObject()
                            + ", under which an acknowledged commit can be lost. Remove w from it;"
                            + " the log writes with w=majority.");
        }
        if (write != null && Boolean.FALSE.equals(write.getJournal())) {
            throw refusal(
                    "The connection string has journal=false, under which an acknowledged commit"
                            + " can be lost. Remove journal from it; the log waits for the"
                            + " journal.");
        }
        ReadConcern read = uri.getReadConcern();
        if (read != null && read.getLevel() != ReadConcernLevel.MAJORITY) {
            throw refusal(
                    "The connection string asks for the read concern "
                            + read.getLevel()
                            + "; under it, commits are read that may still be taken back. Remove"
                            + " readConcernLevel from it; the log reads with majority.");
        }
        ReadPreference preference = uri.getReadPreference();
        if (preference != null && !preference.equals(ReadPreference.primary())) {
            throw refusal(
                    "The connection string has readPreference="
                            + preference.getName()
                            + ", but the log is read from the primary. Remove readPreference from"
                            + " it.");
        }
    }

    /** The kind and the version of the server. */
    void checkServer() {
        String version = server.buildInfo().getString("version");
        if (isStandalone()) {
            if (!allowStandalone) {
                throw refusal(
                        "The server is no member of a replica set, so nothing keeps a commit when"
                                + " its disk is lost. Make it a replica set (mongod --replSet, then"
                                + " rs.initiate()), or allow it for development with"
                                + " --allow-standalone.");
            }
            LOGGER.warn(
                    "The log is on a standalone server (version {}): for development only",
                    version);
            return;
        }
        if (majorOf(version) < LEAST_MAJOR_VERSION) {
            throw refusal(
                    "The server has version "
                            + version
                            + "; the log needs MongoDB "
                            + LEAST_MAJOR_VERSION
                            + ".0 or newer. Upgrade the server, its featureCompatibilityVersion"
                            + " too.");
        }
    }

    boolean isStandalone() {
        Document hello = server.hello();
        return hello.getString("setName") == null && !"isdbgrid".equals(hello.getString("msg"));
    }

    /** Whether a server of a lesser kind is let off what it does not know. */
    boolean isLenient() {
        return allowStandalone && isStandalone();
    }

    /** How the collection of commits was made. */
    void checkCollection() {
        Document log = server.collection(LogDatabase.LOG);
        if (log == null) {
            throw refusal("The collection log is not there, though it was just made.");
        }
        if (!"collection".equals(log.get("type", "collection"))) {
            throw refusal(
                    "log is no collection but a "
                            + log.getString("type")
                            + ". Name another database in the connection string.");
        }
        if (server.isSharded(LogDatabase.LOG)) {
            throw refusal(
                    "The collection log is sharded, and a sharded collection cannot keep one order"
                            + " and unique sequence numbers. Copy the log into a database whose"
                            + " collections are not sharded, and name that in the connection"
                            + " string.");
        }
        if (!isClustered(log) && !(isLenient() && !isClustered(server.made().collection()))) {
            throw refusal(
                    "The collection log is not clustered on _id; it was not made by this product."
                            + " Name another database in the connection string, or copy the log"
                            + " into one that is empty.");
        }
    }

    static boolean isClustered(Document collection) {
        return collection.get("options", new Document()).get("clusteredIndex") != null;
    }

    /** The indexes of a log that holds commits. */
    void checkIndexes() {
        List<Document> present = server.indexes(LogDatabase.LOG);
        for (LogIndex needed : LogIndex.ALL) {
            if (present.stream().anyMatch(needed::is) || isAsGoodAsHere(needed, present)) {
                continue;
            }
            boolean wrong = present.stream().anyMatch(needed::resembles);
            throw refusal(
                    "The index "
                            + needed.name()
                            + " of the collection log is "
                            + (wrong ? "not the one that is needed" : "missing")
                            + ". Stop all processes"
                            + (wrong ? ", drop it" : "")
                            + " and make it: "
                            + needed.command()
                            + ". If that fails for duplicates, the log was written without it:"
                            + " restore a backup.");
        }
    }

    private boolean isAsGoodAsHere(LogIndex needed, List<Document> present) {
        return isLenient()
                && server.made().indexes().stream()
                        .filter(needed::resembles)
                        .anyMatch(present::contains);
    }

    /**
     * @param format as stored; null if the database has no mark
     */
    static void checkFormat(Integer format) {
        if (format == null) {
            throw refusal(
                    "The database has a collection log that is not a log of Cadastre. Name another"
                            + " database in the connection string.");
        }
        if (format > FORMAT) {
            throw refusal(
                    "The log has format "
                            + format
                            + "; this version knows "
                            + FORMAT
                            + ". Run the newer version.");
        }
    }

    private static int majorOf(String version) {
        try {
            return Integer.parseInt(version.substring(0, version.indexOf('.')));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw refusal("The server has no version that can be read: " + version + ".");
        }
    }

    private static CannotOpen refusal(String message) {
        return new CannotOpen(message, null);
    }
}
