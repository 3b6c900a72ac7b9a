package dev.cadastre.query.histories;

import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.temporal.Coordinates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A history recorded in a real log, projected, and folded naively, in a directory of its own. */
public final class HistoryInstance implements AutoCloseable {

    private final Path directory;
    private final Recorded recorded;
    private final ProjectedRegister projected;
    private final NaiveRegister naive;
    private final List<Long> ends = new ArrayList<>(List.of(-1L));

    public HistoryInstance(List<List<Entry>> changeSets) {
        this(changeSets, Clock.systemUTC());
    }

    /**
     * @param clock tells when each change set is recorded
     */
    public HistoryInstance(List<List<Entry>> changeSets, Clock clock) {
        this(recorded -> changeSets.stream().map(recorded::changeSet).toList(), clock);
    }

    /**
     * @param recording records what there is, and says where each change set came to lie
     */
    public HistoryInstance(Function<Recorded, List<Committed>> recording, Clock clock) {
        try {
            directory = Files.createTempDirectory("history");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        recorded = Recorded.in(directory, clock);
        recording.apply(recorded).forEach(committed -> ends.add(committed.lastPosition()));
        projected =
                new ProjectedRegister(recorded.log(), directory, ProjectedRegister.SMALL)
                        .upToDate();
        naive = NaiveRegister.of(recorded.log());
    }

    public EventLog log() {
        return recorded.log();
    }

    public ProjectedRegister projected() {
        return projected;
    }

    public NaiveRegister naive() {
        return naive;
    }

    /** The position at the end of one of the change sets, or -1: any number chooses one. */
    public int end(int choice) {
        return Math.toIntExact(ends.get(Math.floorMod(choice, ends.size())));
    }

    /** -1, and the position at the end of each change set. */
    public List<Integer> ends() {
        return ends.stream().map(Math::toIntExact).toList();
    }

    public Coordinates at(long asOf, int choice) {
        return new Coordinates(asOf, end(choice));
    }

    @Override
    public void close() {
        projected.close();
        recorded.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
