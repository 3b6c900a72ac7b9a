package dev.cadastre.command.imports.model;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A history file, change by change. Holds one change at a time, and of a refused one no lines. The
 * numbering of the lines ({@code seq}) begins at 1 and has no gaps.
 */
final class HistoryFile {

    /** The lines of one change may not fill more than the payload of a change set: 64 MiB. */
    static final long LARGEST_CHANGE_BYTES = 64L << 20;

    private final LineReader reader;
    private final HistoryLineParser parser = new HistoryLineParser();
    private final MessageDigest sha256;
    private long sequence;
    private @Nullable ParsedLine ahead;

    private List<HistoryLine> lines = new ArrayList<>();
    private @Nullable Refusal refusal;
    private long bytes;

    HistoryFile(InputStream body) {
        this.reader = new LineReader(new ExpandedBody(body));
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Lines read so far. */
    long line() {
        return reader.line();
    }

    /** The change being read, for whoever tells where the file broke. */
    @Nullable String openChange() {
        return ahead == null ? null : ahead.change();
    }

    /** The next change; null at the end of the file. */
    @Nullable HistoryChange next() throws UnreadableFile {
        ParsedLine first = ahead == null ? read() : ahead;
        if (first == null) {
            return null;
        }
        ahead = first;
        ParsedLine line = first;
        long count = 0;
        do {
            take(line, ++count);
            line = read();
        } while (line != null && line.change().equals(first.change()));
        HistoryChange change =
                new HistoryChange(
                        first.change(),
                        first.line(),
                        first.content() == null ? null : first.content().ci(),
                        count,
                        sha256.digest(),
                        lines,
                        refusal,
                        bytes);
        ahead = line;
        lines = new ArrayList<>();
        refusal = null;
        bytes = 0;
        return change;
    }

    private @Nullable ParsedLine read() throws UnreadableFile {
        do {
            if (!reader.next()) {
                return null;
            }
        } while (reader.length() == 0);
        ParsedLine line =
                parser.parse(reader.bytes(), reader.offset(), reader.length(), reader.line());
        if (line.sequence() != sequence + 1) {
            throw new UnreadableFile(
                    EndReason.MALFORMED,
                    line.line(),
                    "Line %d has seq %d where %d is next: lines are missing or out of order. Send the whole file."
                            .formatted(line.line(), line.sequence(), sequence + 1));
        }
        sequence++;
        return line;
    }

    /**
     * The reader still shows the line: its bytes go into the digest before the next one is read.
     */
    private void take(ParsedLine line, long count) {
        sha256.update(reader.bytes(), reader.offset(), reader.length());
        sha256.update((byte) '\n');
        bytes += reader.length();
        if (refusal != null) {
            return;
        }
        refusal = refusal(line, count);
        if (refusal != null) {
            lines = List.of();
        } else {
            lines.add(Objects.requireNonNull(line.content()));
        }
    }

    private @Nullable Refusal refusal(ParsedLine line, long count) {
        HistoryLine content = line.content();
        if (content == null) {
            return line.refusal();
        }
        if (count > HistoryChange.LARGEST || bytes > LARGEST_CHANGE_BYTES) {
            return new Refusal(
                    line.line(),
                    content.ci(),
                    "Line %d: the change has more than 25,000 lines or 64 MiB. Split it into several changes."
                            .formatted(line.line()));
        }
        if (count > 1 && !content.sameChangeHead(lines.getFirst())) {
            return new Refusal(
                    line.line(),
                    content.ci(),
                    "Line %d: all lines of one change have the same \"at\", \"by\" and \"reason\"; this one differs from line %d."
                            .formatted(line.line(), lines.getFirst().line()));
        }
        return null;
    }
}
