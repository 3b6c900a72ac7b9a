package dev.cadastre.eventstore.sqlite;

import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.conformance.ChangeSetBuilder;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.EventLog;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A process that appends until it is killed, and prints each acknowledged change set: its first and
 * last position, and its id. The metadata of each change set is the number of its events.
 */
final class WritingProcess {

    private static final int CALLERS = 4;
    private static final int MOST_EVENTS = 5;

    private WritingProcess() {}

    public static void main(String[] arguments) {
        EventLog log = EmbeddedLog.open(Path.of(arguments[0]), Clock.systemUTC());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        out.println("open");
        for (int caller = 0; caller < CALLERS; caller++) {
            String stream = "ci:" + caller;
            Thread.ofPlatform().start(() -> write(log, out, stream));
        }
    }

    private static void write(EventLog log, PrintStream out, String stream) {
        long next = log.streamHead(stream).nextSequenceNumber();
        while (true) {
            int events = 1 + (int) (next % MOST_EVENTS);
            ChangeSetBuilder builder =
                    ChangeSetBuilder.changeSet()
                            .metadata(ChangeSetBuilder.utf8(Integer.toString(events)));
            for (int i = 0; i < events; i++) {
                builder.event(stream, next++);
            }
            ChangeSet changeSet = builder.build();
            log.append(changeSet)
                    .thenAccept(
                            committed ->
                                    out.println(
                                            committed.firstPosition()
                                                    + " "
                                                    + committed.lastPosition()
                                                    + " "
                                                    + changeSet.id()))
                    .join();
        }
    }
}
