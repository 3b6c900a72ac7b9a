package dev.cadastre.eventstore.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import dev.cadastre.eventstore.commit.UnknownOutcome;
import dev.cadastre.eventstore.log.LogException.Unavailable;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator reads when the driver fails. */
class FailuresTest {

    private static final ServerAddress SERVER = new ServerAddress("db1.example.org");

    @ParameterizedTest
    @CsvSource({
        "14031, the disk of the database server is full.",
        "371, the database blocks writes",
        "13, the database user lacks a right",
        "18, the database refuses the user or the password.",
        "8000, the database answers with error 8000."
    })
    void what_the_server_answers_is_told_in_words_and_without_its_name(int code, String words) {
        assertWords(answer(code), words);
    }

    @Test
    void what_never_answers_is_told_without_its_name() {
        assertWords(
                new MongoTimeoutException("servers=[{address=db1.example.org}]"),
                "the database does not answer.");
        assertWords(
                new MongoSocketReadException("db1.example.org hung up", SERVER),
                "the database does not answer.");
        assertWords(
                new MongoNotPrimaryException(reply(10_107), SERVER),
                "the replica set is choosing its primary.");
    }

    @Test
    void a_refusal_is_known_not_to_have_taken_a_commit_and_a_lost_connection_is_not() {
        for (int code : new int[] {13, 18, 371, 14_031}) {
            assertThat(Failures.ofInsertion("Writing", answer(code)))
                    .isInstanceOf(Unavailable.class);
        }
        assertThat(Failures.ofInsertion("Writing", new MongoSocketReadException("gone", SERVER)))
                .isInstanceOf(UnknownOutcome.class);
    }

    private static void assertWords(MongoException failure, String words) {
        assertThat(Failures.of("Writing", failure))
                .hasMessageContaining(words)
                .message()
                .doesNotContain("db1.example.org");
    }

    private static MongoCommandException answer(int code) {
        return new MongoCommandException(reply(code), SERVER);
    }

    private static BsonDocument reply(int code) {
        return new BsonDocument("ok", new BsonInt32(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString("of db1.example.org"));
    }
}
