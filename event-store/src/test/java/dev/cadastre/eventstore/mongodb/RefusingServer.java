package dev.cadastre.eventstore.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.util.List;
import java.util.Set;

/**
 * The emulator, which a test can tell to refuse what MongoDB refuses in some states. Its answers
 * are those of MongoDB.
 */
public final class RefusingServer implements AutoCloseable {

    /** What is refused, and with which answer. */
    public enum Refusal {
        /** Nothing. */
        NONE(0, ""),
        /** Whatever writes: the user has the role {@code read} only. */
        READING_USER(13, "Unauthorized"),
        /** Everything: the user was dropped, and the connection is nobody's. */
        NO_USER(13, "Unauthorized"),
        /** Whatever writes: the disk has no room for it. */
        FULL_DISK(14_031, "OutOfDiskSpace"),
        /** Whatever writes: an operator or the server itself blocked it before the disk is full. */
        BLOCKED_WRITES(371, "UserWritesBlocked");

        private final int code;
        private final String name;

        Refusal(int code, String name) {
            this.code = code;
            this.name = name;
        }

        private boolean refuses(String command) {
            return switch (this) {
                case NONE -> false;
                case NO_USER -> !GREETINGS.contains(command);
                default -> WRITES.contains(command) || CHANGES.contains(command);
            };
        }

        private Document answer(String command) {
            String reason = name + ": refused by the test";
            if (code != READING_USER.code && WRITES.contains(command)) {
                Document error = new Document("index", 0);
                error.append("code", code).append("errmsg", reason);
                return new Document("n", 0).append("writeErrors", List.of(error)).append("ok", 1.0);
            }
            return new Document("ok", 0.0)
                    .append("errmsg", reason)
                    .append("code", code)
                    .append("codeName", name);
        }
    }

    /** Commands that answer for each write whether it was done. */
    private static final Set<String> WRITES = Set.of("insert", "update", "delete");

    private static final Set<String> CHANGES =
            Set.of("findAndModify", "create", "createIndexes", "drop", "dropDatabase");

    /** What a connection may ask before it has a user. */
    private static final Set<String> GREETINGS =
            Set.of("hello", "isMaster", "ismaster", "buildInfo", "ping");

    private final TestServer server;
    private volatile Refusal refusal = Refusal.NONE;

    public RefusingServer() {
        server = MongoServers.started(new MongoServer(new RefusingBackend()));
    }

    /** Changes what is refused from now on. */
    public void refuse(Refusal next) {
        refusal = next;
    }

    public TestDatabase freshDatabase() {
        return server.freshDatabase();
    }

    @Override
    public void close() {
        server.close();
    }

    private final class RefusingBackend extends MemoryBackend {

        @Override
        public Document handleMessage(MongoMessage message) {
            String command = message.getDocument().keySet().iterator().next();
            Refusal now = refusal;
            return now.refuses(command) ? now.answer(command) : super.handleMessage(message);
        }
    }
}
