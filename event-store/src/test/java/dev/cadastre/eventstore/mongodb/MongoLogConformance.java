package dev.cadastre.eventstore.mongodb;

import dev.cadastre.eventstore.config.LogPlace;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.conformance.EventLogConformance;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The suite for the port of the log, each test in a database of its own. */
abstract class MongoLogConformance extends EventLogConformance {

    private @Nullable TestDatabase database;
    private @Nullable TestDatabase copy;

    abstract TestServer server();

    MongoLogSettings settings(String uri) {
        return MongoLogSettings.of(uri).allowingStandalone();
    }

    @Override
    protected final EventLog open(Clock clock) {
        if (database == null) {
            database = server().freshDatabase();
        }
        return MongoLog.open(settings(database.uri()), clock);
    }

    @Override
    public final LogPlace place() {
        return placeOf(database);
    }

    @Override
    public final LogPlace emptyPlace() {
        copy = server().freshDatabase();
        return placeOf(copy);
    }

    private LogPlace placeOf(TestDatabase place) {
        return new LogPlace.Database(place.uri(), settings(place.uri()).allowStandalone());
    }

    @Override
    protected final void clearUp() {
        database.close();
        if (copy != null) {
            copy.close();
        }
    }
}
