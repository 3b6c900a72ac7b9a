package dev.cadastre.benchmarks;

import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Sorts;
import dev.cadastre.benchmarks.Table.Better;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.commit.EnvelopeFormat;
import dev.cadastre.eventstore.config.MongoLog;
import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.config.QueryStores;
import dev.cadastre.query.config.SharedStores;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.versions.store.VersionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** A query process that follows a log on MongoDB from its beginning, beside a plain cursor. */
final class MongoCatchUp {

    private final Settings settings;
    private final Table table;

    MongoCatchUp(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run(MongoTarget server, Path directory) throws Exception {
        try (MongoTarget.Database database = server.fresh();
                EventLog log = MongoLog.open(database.uri(), true, Clock.systemUTC())) {
            FilledLog.fill(log, settings.cis(), settings.events(), settings.seed());
            int atOnce = ProjectionLimits.DEFAULT.batchEvents();
            LogBenchmark.scan(log, true, atOnce);
            scan(database);
            table.ratio(
                    "log on MongoDB followed with decoding / raw cursor with decoding",
                    "events/s",
                    Comparison.alternate(
                            settings.rounds(),
                            () -> scan(database),
                            () -> LogBenchmark.scan(log, true, atOnce)),
                    Better.MORE,
                    0.5,
                    0.7);
            Path image = directory.resolve("mongodb.image");
            table.stated(
                    "first query process, bodies written to MongoDB",
                    catchUp(log, database.uri(), image),
                    "events/s");
            table.ratio(
                    "catch-up of a further query process / raw cursor with decoding",
                    "events/s",
                    Comparison.alternate(
                            settings.rounds(),
                            () -> scan(database),
                            () -> {
                                Files.deleteIfExists(image);
                                return catchUp(log, database.uri(), image);
                            }),
                    Better.MORE,
                    0.5,
                    0.7);
        }
    }

    private static double catchUp(EventLog log, String uri, Path image) throws Exception {
        long began = System.nanoTime();
        try (QueryStores stores = SharedStores.open(uri);
                VersionStore versions = stores.versions()) {
            return CatchUp.of(log, versions, image, began);
        }
    }

    /** Events per second of the documents in order, each event decoded and nothing checked. */
    private static double scan(MongoTarget.Database database) {
        long events = 0;
        long began = System.nanoTime();
        try (MongoCursor<RawBsonDocument> cursor =
                database.log()
                        .find()
                        .sort(Sorts.ascending("_id"))
                        .hint(new Document("_id", 1))
                        .batchSize(MongoTarget.DOCUMENTS_AT_ONCE)
                        .cursor()) {
            while (cursor.hasNext()) {
                events += decode(cursor.next());
            }
        }
        return events / ((System.nanoTime() - began) / 1e9);
    }

    private static int decode(RawBsonDocument document) {
        int events = 0;
        try (BsonReader reader = document.asBsonReader()) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                if (!reader.readName().equals("e")) {
                    reader.skipValue();
                    continue;
                }
                reader.readStartArray();
                while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                    decodeEvent(reader);
                    events++;
                }
                reader.readEndArray();
            }
        }
        return events;
    }

    private static void decodeEvent(BsonReader reader) {
        byte[] envelope = null;
        byte[] payload = null;
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case "hdr" -> envelope = reader.readBinaryData().getData();
                case "p" -> payload = reader.readBinaryData().getData();
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        Envelope decoded = EnvelopeFormat.decode(envelope);
        EventJson.read(decoded.type(), decoded.revision(), payload);
    }
}
