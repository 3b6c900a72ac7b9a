package dev.cadastre.query.webhooks.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import dev.cadastre.eventstore.mongodb.TestServer;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import dev.cadastre.query.shared.mongodb.SharedDatabase;
import dev.cadastre.query.webhooks.state.DamagedState;
import dev.cadastre.query.webhooks.state.DeliveryStates;
import dev.cadastre.query.webhooks.state.DeliveryStatesConformance;
import dev.cadastre.query.webhooks.state.TakenOver;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The suite against a server, and what processes that share it must not do to each other. */
abstract class MongoDeliveryStatesConformance extends DeliveryStatesConformance {

    private TestServer server;
    private TestDatabase database;
    private MongoClient client;

    abstract TestServer server();

    @BeforeEach
    void connect() {
        server = server();
        database = server.freshDatabase();
        client = MongoClients.create(database.uri());
    }

    @AfterEach
    void disconnect() {
        client.close();
        database.close();
        server.close();
    }

    @Override
    protected DeliveryStates open() {
        return new MongoDeliveryStates(SharedDatabase.of(client.getDatabase(database.name())));
    }

    @Test
    void a_process_that_slept_does_not_put_an_older_cursor_over_a_newer_one() {
        DeliveryStates sleeper = open();
        sleeper.take("w", EPOCH);
        sleeper.save("w", EPOCH, FRESH);
        DeliveryStates next = open();
        next.take("w", EPOCH + 1);

        assertThatThrownBy(() -> sleeper.save("w", EPOCH, ACTIVE)).isInstanceOf(TakenOver.class);
        assertThat(next.find("w")).contains(FRESH);
        next.save("w", EPOCH + 1, ACTIVE);
        assertThatThrownBy(() -> sleeper.save("w", EPOCH, FRESH)).isInstanceOf(TakenOver.class);
        assertThatThrownBy(() -> sleeper.take("w", EPOCH)).isInstanceOf(TakenOver.class);
        assertThat(next.find("w")).contains(ACTIVE);
    }

    @Test
    void it_does_not_begin_what_another_one_has_begun() {
        DeliveryStates sleeper = open();
        open().take("w", EPOCH + 1);

        assertThatThrownBy(() -> sleeper.take("w", EPOCH))
                .isInstanceOf(TakenOver.class)
                .hasMessageContaining("epoch");
        assertThatThrownBy(() -> sleeper.save("w", EPOCH, FRESH)).isInstanceOf(TakenOver.class);
        assertThat(open().find("w")).isEmpty();
    }

    @Test
    void what_was_forgotten_does_not_come_back() {
        DeliveryStates sleeper = open();
        sleeper.take("w", EPOCH);
        open().remove("w");

        assertThatThrownBy(() -> sleeper.save("w", EPOCH, ACTIVE)).isInstanceOf(TakenOver.class);
        assertThat(open().find("w")).isEmpty();
    }

    @Test
    void a_write_that_was_thought_lost_does_not_undo_the_next_one() {
        DeliveryStates states = open();
        states.take("w", EPOCH);
        states.save("w", EPOCH, ACTIVE);
        // What comes to the server late bears the number that it was given when it was sent.
        collection().updateOne(new Document("_id", "w"), Updates.set("write", Long.MAX_VALUE));

        assertThatThrownBy(() -> states.save("w", EPOCH, FRESH)).isInstanceOf(TakenOver.class);
        assertThat(states.find("w")).contains(ACTIVE);
    }

    @Test
    void a_document_that_was_edited_by_hand_is_not_guessed_at() {
        DeliveryStates states = open();
        states.take("w", EPOCH);
        states.save("w", EPOCH, ACTIVE.passed(8, UUID.randomUUID()));
        for (Object damage : new Object[] {"eight", 8, null}) {
            collection().updateOne(new Document("_id", "w"), Updates.set("cursor", damage));

            assertThatThrownBy(() -> states.find("w"))
                    .isInstanceOf(DamagedState.class)
                    .hasMessageContaining("\"w\"");
            assertThatThrownBy(() -> states.take("w", EPOCH)).isInstanceOf(DamagedState.class);
        }
        states.save("w", EPOCH, FRESH);
        assertThat(states.find("w")).contains(FRESH);
    }

    private MongoCollection<Document> collection() {
        return client.getDatabase(database.name()).getCollection("webhook_deliveries");
    }
}
