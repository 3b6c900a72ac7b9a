package dev.cadastre.command.imports.model;

import dev.cadastre.command.imports.model.PendingChanges.Pending;
import dev.cadastre.command.shared.Recorded;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries one history file into the log: reads it change by change, leaves out what was recorded
 * before, hands the others over without waiting for each to become durable, and judges a change
 * anew where the log refuses it because somebody else was faster. One per run, used by one thread.
 */
final class HistoryImport {

    private final String source;
    private final String keySource;
    private final ChangeRecorder recorder;
    private final Function<String, Optional<KeyRecord>> keys;
    private final ImportTally tally;
    private final PendingChanges pending = new PendingChanges();

    HistoryImport(
            String source,
            ChangeRecorder recorder,
            Function<String, Optional<KeyRecord>> keys,
            ImportTally tally) {
        this.source = source;
        // A source may hold colons (an address does); the key must still tell it from the change.
        this.keySource = source.replace("%", "%25").replace(":", "%3A");
        this.recorder = recorder;
        this.keys = keys;
        this.tally = tally;
    }

    /**
     * Reads the body to its end.
     *
     * @return why the run ended early, or null
     */
    ImportRun.@Nullable Problem run(InputStream body) {
        HistoryFile file = new HistoryFile(body);
        try {
            readAll(file);
            return null;
        } catch (UnreadableFile e) {
            return end(file, e);
        }
    }

    private void readAll(HistoryFile file) throws UnreadableFile {
        for (HistoryChange change = file.next(); change != null; change = file.next()) {
            take(change);
            tally.read(file.line());
            for (Pending done = pending.poll(true); done != null; done = pending.poll(true)) {
                settle(done);
            }
            while (pending.full()) {
                settle(pending.poll(false));
            }
        }
        tally.read(file.line());
        settleAll();
    }

    /** What was handed over still counts, whatever the rest of the file is. */
    private ImportRun.Problem end(HistoryFile file, UnreadableFile why) {
        UnreadableFile reason = why;
        try {
            settleAll();
        } catch (UnreadableFile e) {
            reason = e;
        }
        tally.read(Math.max(file.line(), reason.line()));
        tally.rejected(new Refusal(reason.line(), null, reason.detail()).of(file.openChange()));
        return new ImportRun.Problem(reason.reason(), reason.line(), reason.detail());
    }

    private void take(HistoryChange change) throws UnreadableFile {
        byte[] before = pending.digest(change.name());
        if (before == null) {
            before = recordedBefore(change);
        }
        if (before != null) {
            seenBefore(change, before);
        } else if (change.refusal() != null) {
            tally.rejected(change.refusal().of(change.name()));
        } else {
            try {
                pending.add(change, queue(change));
            } catch (RefusedChange e) {
                tally.rejected(e.refusal().of(change.name()));
            }
        }
    }

    private byte @Nullable [] recordedBefore(HistoryChange change) throws UnreadableFile {
        try {
            return keys.apply(keyOf(change)).map(KeyRecord::digest).orElse(null);
        } catch (LogException e) {
            throw cannotGoOn(change, e);
        }
    }

    private void seenBefore(HistoryChange change, byte[] digest) {
        if (Arrays.equals(digest, change.digest())) {
            tally.skipped();
        } else {
            tally.rejected(
                    new Refusal(
                                    change.firstLine(),
                                    change.firstCi(),
                                    "Line %d: change \"%s\" of source \"%s\" was recorded before with other lines. Give what is new a change of its own."
                                            .formatted(change.firstLine(), change.name(), source))
                            .of(change.name()));
        }
    }

    private CompletableFuture<Recorded> queue(HistoryChange change)
            throws RefusedChange, UnreadableFile {
        try {
            return recorder.queue(change, key(change));
        } catch (LogException e) {
            throw cannotGoOn(change, e);
        }
    }

    private void settle(Pending oldest) throws UnreadableFile {
        LogException failure = outcome(oldest);
        if (failure == null) {
            return;
        }
        // Whatever built on it has failed with it: let all of them come to rest, then go through
        // the failed ones again in their order, one by one.
        List<HistoryChange> failed = new ArrayList<>(List.of(oldest.change()));
        for (Pending later : pending.takeAll()) {
            LogException next = outcome(later);
            if (next != null) {
                failed.add(later.change());
            }
        }
        for (HistoryChange change : failed) {
            recordAlone(change);
        }
    }

    private void settleAll() throws UnreadableFile {
        for (Pending next = pending.poll(false); next != null; next = pending.poll(false)) {
            settle(next);
        }
    }

    private void recordAlone(HistoryChange change) throws UnreadableFile {
        try {
            count(recorder.handle(change, key(change)));
        } catch (RefusedChange e) {
            tally.rejected(e.refusal().of(change.name()));
        } catch (LogException.KeyTaken e) {
            seenBefore(change, e.record().digest());
        } catch (LogException.TooLarge e) {
            tally.rejected(
                    new Refusal(
                                    change.firstLine(),
                                    change.firstCi(),
                                    "Line %d: %s".formatted(change.firstLine(), e.getMessage()))
                            .of(change.name()));
        } catch (LogException e) {
            throw cannotGoOn(change, e);
        }
    }

    /** Waits for a change set; null if it is durable. */
    private @Nullable LogException outcome(Pending change) {
        try {
            count(change.outcome().join());
            return null;
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogException failure) {
                return failure;
            }
            throw e;
        }
    }

    /** A change of which everything was so already leaves no event, and thus no key. */
    private void count(Recorded recorded) {
        if (recorded.position() == null) {
            tally.skipped();
        } else {
            tally.recorded(recorded.events(), recorded.position());
        }
    }

    private static UnreadableFile cannotGoOn(HistoryChange change, LogException why) {
        return new UnreadableFile(
                EndReason.UNAVAILABLE,
                change.firstLine(),
                "The change in line %d could not be recorded: %s Send the whole file again later."
                        .formatted(change.firstLine(), why.getMessage()));
    }

    private ChangeSet.Key key(HistoryChange change) {
        return new ChangeSet.Key(keyOf(change), change.digest());
    }

    private String keyOf(HistoryChange change) {
        return "import:" + keySource + ":" + change.name();
    }
}
