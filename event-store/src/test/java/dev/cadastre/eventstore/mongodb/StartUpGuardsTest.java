package dev.cadastre.eventstore.mongodb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import dev.cadastre.eventstore.log.LogException.CannotOpen;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers as MongoDB's manual shows their answers: what the log takes, and what it refuses. */
class StartUpGuardsTest {

    /** Answers like a replica set of version 8 with a log; a test changes what it is about. */
    private static final class AnsweringServer implements LogServer {
        Document hello =
                Document.parse(
                        """
                        {"isWritablePrimary": true, "setName": "rs0", "setVersion": 1,
                         "secondary": false, "hosts": ["db1:27017", "db2:27017", "db3:27017"],
                         "primary": "db1:27017", "me": "db1:27017", "maxWireVersion": 25,
                         "readOnly": false, "ok": 1}
                        """);
        String version = "8.0.12";
        @Nullable Document collection =
                Document.parse(
                        """
                        {"name": "log", "type": "collection",
                         "options": {"clusteredIndex":
                           {"v": 2, "key": {"_id": 1}, "name": "_id_", "unique": true}},
                         "info": {"readOnly": false}}
                        """);
        List<Document> indexes =
                new ArrayList<>(
                        List.of(
                                Document.parse(
                                        """
                                        {"v": 2, "key": {"_id": 1}, "name": "_id_",
                                         "unique": true, "clustered": true}
                                        """),
                                Document.parse(
                                        """
                                        {"v": 2, "key": {"e.s": 1, "e.v": 1}, "name": "stream",
                                         "unique": true}
                                        """),
                                Document.parse(
                                        """
                                        {"v": 2, "key": {"e.id": 1}, "name": "event",
                                         "unique": true}
                                        """),
                                Document.parse(
                                        """
                                        {"v": 2, "key": {"ik": 1}, "name": "key",
                                         "unique": true, "sparse": true}
                                        """),
                                Document.parse(
                                        """
                                        {"v": 2, "key": {"e.refs": 1, "_id": 1},
                                         "name": "reference"}
                                        """)));
        boolean sharded;
        Made made = new Made(collection, List.copyOf(indexes));

        @Override
        public Document hello() {
            return hello;
        }

        @Override
        public Document buildInfo() {
            return new Document("version", version);
        }

        @Override
        public @Nullable Document collection(String name) {
            return collection;
        }

        @Override
        public List<Document> indexes(String name) {
            return indexes;
        }

        @Override
        public boolean isSharded(String name) {
            return sharded;
        }

        @Override
        public Made made() {
            return made;
        }
    }

    private final AnsweringServer server = new AnsweringServer();

    @Test
    void a_replica_set_with_a_log_is_taken() {
        assertThatCode(this::checkAll).doesNotThrowAnyException();
    }

    @Test
    void a_router_is_taken_if_the_collection_is_not_sharded() {
        server.hello = new Document("isWritablePrimary", true).append("msg", "isdbgrid");

        assertThatCode(this::checkAll).doesNotThrowAnyException();
    }

    @Test
    void a_sharded_collection_is_refused() {
        server.hello = new Document("isWritablePrimary", true).append("msg", "isdbgrid");
        server.sharded = true;

        refused("is sharded", "not sharded, and name that in the connection string");
    }

    @Test
    void a_standalone_server_is_refused_unless_it_is_allowed() {
        server.hello.remove("setName");

        refused("no member of a replica set", "--allow-standalone");
        assertThatCode(() -> checkAll(true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.19", "5.0.0", "4.4.29"})
    void a_server_that_is_too_old_is_refused(String version) {
        server.version = version;

        refused("has version " + version, "Upgrade the server");
    }

    @Test
    void being_allowed_a_standalone_server_lets_no_replica_set_off() {
        server.version = "6.0.19";
        assertThatThrownBy(() -> checkAll(true)).isInstanceOf(CannotOpen.class);

        server.version = "8.0.12";
        server.collection = new Document("name", "log").append("type", "collection");
        server.made = new LogServer.Made(server.collection, server.indexes);
        assertThatThrownBy(() -> checkAll(true))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("not clustered on _id");
    }

    @Test
    void an_unclustered_collection_is_taken_only_where_the_server_has_no_others() {
        server.hello.remove("setName");
        server.collection = new Document("name", "log").append("type", "collection");

        assertThatThrownBy(() -> checkAll(true))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("not clustered on _id")
                .hasMessageContaining("Name another database");
        server.made = new LogServer.Made(server.collection, server.indexes);
        assertThatCode(() -> checkAll(true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "event", "key", "reference"})
    void a_missing_index_is_refused_with_the_command_that_makes_it(String name) {
        server.indexes.removeIf(index -> name.equals(index.getString("name")));

        refused("The index " + name + " of the collection log is missing", "db.log.createIndex({");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stream | {\"key\": {\"e.s\": 1, \"e.v\": 1}, \"name\": \"stream\"}",
                "stream | {\"key\": {\"e.v\": 1, \"e.s\": 1}, \"name\": \"stream\", \"unique\": true}",
                "key | {\"key\": {\"ik\": 1}, \"name\": \"key\", \"unique\": true}",
                "event | {\"key\": {\"e.id\": 1}, \"name\": \"event\", \"unique\": true,"
                        + " \"partialFilterExpression\": {\"n\": 1}}",
            })
    void a_wrong_index_is_refused(String name, String described) {
        server.indexes.removeIf(index -> name.equals(index.getString("name")));
        server.indexes.add(Document.parse(described));

        refused("The index " + name + " of the collection log is not the one", "drop it");
    }

    @Test
    void what_a_standalone_server_does_not_tell_of_any_index_is_not_asked_of_it() {
        server.hello.remove("setName");
        server.indexes.removeIf(index -> "key".equals(index.getString("name")));
        Document told =
                new Document("key", new Document("ik", 1))
                        .append("name", "key")
                        .append("unique", true);
        server.indexes.add(told);

        assertThatThrownBy(() -> checkAll(true)).hasMessageContaining("drop it");
        server.made = new LogServer.Made(server.collection, List.of(told));
        assertThatCode(() -> checkAll(true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "w=1, Remove w from it",
        "w=2, Remove w from it",
        "w=0, Remove w from it",
        "journal=false, Remove journal from it",
        "readConcernLevel=local, Remove readConcernLevel from it",
        "readPreference=secondary, Remove readPreference from it",
    })
    void a_connection_string_that_asks_for_less_is_refused(String option, String remedy) {
        assertThatThrownBy(
                        () -> StartUpGuards.check(new ConnectionString("mongodb://db1/?" + option)))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w=majority",
                "w=majority&journal=true&wtimeoutMS=5000",
                "wtimeoutMS=5000",
                "readConcernLevel=majority&readPreference=primary",
                "replicaSet=rs0&tls=true&retryWrites=true"
            })
    void a_connection_string_that_asks_for_no_less_is_taken(String options) {
        assertThatCode(
                        () ->
                                StartUpGuards.check(
                                        new ConnectionString("mongodb://db1,db2/?" + options)))
                .doesNotThrowAnyException();
    }

    @Test
    void a_newer_format_and_a_database_without_a_mark_are_refused() {
        assertThatThrownBy(() -> StartUpGuards.checkFormat(2))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("has format 2")
                .hasMessageContaining("Run the newer version");
        assertThatThrownBy(() -> StartUpGuards.checkFormat(null))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("not a log of Cadastre");
    }

    private void checkAll() {
        checkAll(false);
    }

    private void checkAll(boolean allowStandalone) {
        StartUpGuards guards = new StartUpGuards(server, allowStandalone);
        guards.checkServer();
        guards.checkCollection();
        guards.checkIndexes();
    }

    private void refused(String what, String remedy) {
        assertThatThrownBy(this::checkAll)
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining(what)
                .hasMessageContaining(remedy);
    }
}
