package dev.cadastre.command.assets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.command.assets.model.AssetCommand.CorrectAsset;
import dev.cadastre.command.assets.model.AssetCommand.DatedChange;
import dev.cadastre.command.assets.model.AssetCommand.DescribeAsset;
import dev.cadastre.command.assets.model.AssetCommand.RegisterAsset;
import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.CommandContext;
import dev.cadastre.command.shared.CommandHandling;
import dev.cadastre.command.shared.Commands;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.asset.AssetEvent.AssetDescribed;
import dev.cadastre.events.asset.AssetEvent.AssetFactRetracted;
import dev.cadastre.events.asset.AssetEvent.AssetRegistered;
import dev.cadastre.events.json.EventJson;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.StoredEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many callers at once, on a real log; what the log holds then is judged by a plain fold. */
class UniqueValueRaceTest {

    private static final int CALLERS = 8;
    private static final int COMMANDS_EACH = 120;
    private static final int ASSETS = 6;
    private static final List<String> TAGS = List.of("a", "b");
    private static final long YEAR = 2024;

    @TempDir Path directory;

    @Test
    void however_callers_interleave_no_instant_has_two_holders()
            throws ExecutionException, InterruptedException {
        try (EventLog log = EmbeddedLog.open(directory, Clock.systemUTC());
                CommandHandling handling = start(log);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ASSETS; i++) {
                send(
                        handling.commands(),
                        new RegisterAsset("A" + i, null, null, Map.of()),
                        month(0));
            }
            AtomicInteger recorded = new AtomicInteger();
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(caller);
                callers.add(threads.submit(() -> ask(handling.commands(), random, recorded)));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }

            assertThat(recorded).hasValueGreaterThan(CALLERS);
            assertThat(doubles(log)).isEmpty();
        }
    }

    @Test
    void a_tag_is_not_held_twice_between_a_decision_and_its_commit() {
        AtomicReference<Instant> time =
                new AtomicReference<>(Instant.parse("2025-01-01T00:00:00Z"));
        InstantSource source = time::get;
        Clock lateLog = source.withZone(ZoneOffset.UTC);
        Clock clock = Clock.fixed(time.get(), ZoneOffset.UTC);
        try (EventLog log = EmbeddedLog.open(directory, lateLog);
                CommandHandling handling = CommandHandling.start(log, clock, List.of(Asset.TYPE))) {
            Commands commands = handling.commands();
            send(commands, new RegisterAsset("A0", null, null, Map.of("assetTag", "a")), month(0));
            send(commands, new RegisterAsset("A1", null, null, Map.of()), month(0));
            // The release is to hold from the commit on, which comes after the claim's own time.
            List<Command> passingOn =
                    List.of(
                            new DescribeAsset("A0", Collections.singletonMap("assetTag", null)),
                            new CorrectAsset(
                                    "A1",
                                    List.of(),
                                    List.of(
                                            new DatedChange(
                                                    new DescribeAsset(
                                                            "A1", Map.of("assetTag", "a")),
                                                    at("2025-01-01T00:00:05Z")))));
            time.set(Instant.parse("2025-01-01T00:00:10Z"));

            assertThatThrownBy(
                            () ->
                                    commands.handle(
                                            CommandContext.of("person-a", "test"),
                                            passingOn,
                                            Map.of()))
                    .isInstanceOf(Rejection.class);
            assertThat(doubles(log)).isEmpty();
        }
    }

    @Test
    void a_holder_that_is_remembered_as_it_was_before_is_read_again() {
        try (EventLog log = EmbeddedLog.open(directory, Clock.systemUTC());
                CommandHandling one = start(log);
                CommandHandling other = start(log)) {
            Map<String, Object> tag = Map.of("assetTag", "a");
            send(one.commands(), new RegisterAsset("A0", null, null, Map.of()), month(0));
            send(other.commands(), new RegisterAsset("A1", null, null, Map.of()), month(0));
            // The other one now remembers A0 without a tag.
            send(other.commands(), new DescribeAsset("A0", Map.of("name", "Laptop")), month(1));
            send(one.commands(), new DescribeAsset("A0", tag), month(2));

            assertThatThrownBy(() -> send(other.commands(), new DescribeAsset("A1", tag), month(3)))
                    .isInstanceOf(Rejection.ValueTaken.class);
            assertThat(doubles(log)).isEmpty();
        }
    }

    private static CommandHandling start(EventLog log) {
        return CommandHandling.start(log, Clock.systemUTC(), List.of(Asset.TYPE));
    }

    private static void ask(Commands commands, Random random, AtomicInteger recorded) {
        for (int i = 0; i < COMMANDS_EACH; i++) {
            String asset = "A" + random.nextInt(ASSETS);
            String tag = TAGS.get(random.nextInt(TAGS.size()));
            Long effectiveAt = random.nextInt(4) == 0 ? null : (Long) month(random.nextInt(1, 12));
            try {
                switch (random.nextInt(5)) {
                    case 0, 1 ->
                            send(
                                    commands,
                                    new DescribeAsset(asset, Map.of("assetTag", tag)),
                                    effectiveAt);
                    case 2, 3 ->
                            send(
                                    commands,
                                    new DescribeAsset(
                                            asset, Collections.singletonMap("assetTag", null)),
                                    effectiveAt);
                    default ->
                            send(
                                    commands,
                                    new CorrectAsset(
                                            asset,
                                            List.of(1L + random.nextInt(20)),
                                            List.of(
                                                    new DatedChange(
                                                            new DescribeAsset(
                                                                    asset, Map.of("assetTag", tag)),
                                                            month(random.nextInt(1, 12))))),
                                    null);
                }
                recorded.incrementAndGet();
            } catch (Rejection refused) {
                // Which of the callers wins is not for this test to say.
            }
        }
    }

    private static void send(Commands commands, Command command, @Nullable Long effectiveAt) {
        commands.handle(CommandContext.of("person-a", "test").effectiveAt(effectiveAt), command);
    }

    /** Each moment at which two assets hold one tag, read from the log as it lies there. */
    private static List<String> doubles(EventLog log) {
        Map<String, List<StoredEvent>> streams = new HashMap<>();
        Set<Long> moments = new TreeSet<>();
        for (int i = 0; i < ASSETS; i++) {
            String stream = StreamId.asset("A" + i).toString();
            streams.put(stream, log.stream(stream, 0));
            streams.get(stream).forEach(event -> moments.add(event.envelope().effectiveAt()));
        }
        List<String> doubles = new ArrayList<>();
        for (long moment : moments) {
            Map<String, String> holders = new HashMap<>();
            streams.forEach(
                    (stream, events) -> {
                        String tag = tagAt(events, moment);
                        String other = tag == null ? null : holders.put(tag, stream);
                        if (other != null) {
                            doubles.add(
                                    Microseconds.toInstant(moment)
                                            + ": "
                                            + tag
                                            + " of "
                                            + other
                                            + " and "
                                            + stream);
                        }
                    });
        }
        return doubles;
    }

    private static @Nullable String tagAt(List<StoredEvent> events, long moment) {
        Set<Long> retracted = new HashSet<>();
        for (StoredEvent stored : events) {
            if (event(stored) instanceof AssetFactRetracted retraction) {
                retracted.add(retraction.retracted());
            }
        }
        String tag = null;
        for (StoredEvent stored :
                events.stream()
                        .filter(each -> each.envelope().effectiveAt() <= moment)
                        .filter(each -> !retracted.contains(each.envelope().sequenceNumber()))
                        .sorted(Comparator.comparingLong(each -> each.envelope().effectiveAt()))
                        .toList()) {
            switch (event(stored)) {
                case AssetRegistered registered ->
                        tag = (String) registered.fields().get("assetTag");
                case AssetDescribed described -> {
                    tag = described.unset().contains("assetTag") ? null : tag;
                    tag = (String) described.set().getOrDefault("assetTag", tag);
                }
                default -> {}
            }
        }
        return tag;
    }

    private static Object event(StoredEvent stored) {
        return EventJson.read(
                stored.envelope().type(), stored.envelope().revision(), stored.payload());
    }

    private static long month(int number) {
        return at("%d-%02d-01T00:00:00Z".formatted(YEAR, number + 1));
    }

    private static long at(String instant) {
        return Microseconds.of(Instant.parse(instant));
    }
}
