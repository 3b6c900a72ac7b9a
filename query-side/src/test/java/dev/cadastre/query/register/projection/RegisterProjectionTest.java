package dev.cadastre.query.register.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.histories.ProjectedRegister;
import dev.cadastre.query.histories.Recorded;
import dev.cadastre.query.histories.Recorded.Entry;
import dev.cadastre.query.histories.SeededHistory;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.KindView;
import dev.cadastre.query.temporal.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterProjectionTest {

    @TempDir Path directory;

    private Path data;
    private Recorded recorded;

    @BeforeEach
    void recordSomething() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        recorded = Recorded.in(data, Clock.systemUTC());
        history(1).forEach(recorded::changeSet);
    }

    @AfterEach
    void closeLog() {
        recorded.close();
    }

    @Test
    void rebuilding_from_the_log_gives_the_same_answers_byte_for_byte() throws IOException {
        List<String> before = everything();
        assertThat(before).hasSizeGreaterThan(50);
        deleteProjections("versions.sqlite", "index.image");
        assertThat(everything()).isEqualTo(before);
        deleteProjections("index.image");
        assertThat(everything()).isEqualTo(before);
        deleteProjections("versions.sqlite");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void how_much_is_read_at_once_or_kept_makes_no_difference() throws IOException {
        List<String> small = everything();
        deleteProjections("versions.sqlite", "index.image");
        try (ProjectedRegister register =
                new ProjectedRegister(recorded.log(), data, ProjectionLimits.DEFAULT)) {
            assertThat(everythingOf(register.upToDate())).isEqualTo(small);
        }
    }

    @Test
    void a_restart_goes_on_where_the_last_run_stopped() {
        everything();
        history(2).forEach(recorded::changeSet);
        List<String> continued = everything();
        assertThat(everything()).isEqualTo(continued);
    }

    @Test
    void what_was_projected_from_another_log_is_rebuilt() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (Recorded otherLog = Recorded.in(other, Clock.systemUTC())) {
            history(3).forEach(otherLog::changeSet);
            history(4).forEach(otherLog::changeSet);
            try (ProjectedRegister register =
                    new ProjectedRegister(otherLog.log(), other, ProjectedRegister.SMALL)) {
                register.upToDate();
            }
        }
        List<String> right = everything();
        for (String file : List.of("versions.sqlite", "index.image")) {
            Files.copy(
                    other.resolve(file), data.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            assertThat(everything()).as(file).isEqualTo(right);
        }
    }

    @Test
    void a_damaged_image_is_not_used() throws IOException {
        List<String> right = everything();
        byte[] image = Files.readAllBytes(data.resolve("index.image"));
        image[image.length / 2] ^= 1;
        Files.write(data.resolve("index.image"), image);
        assertThat(everything()).isEqualTo(right);
        Files.write(data.resolve("index.image"), "nonsense".getBytes(StandardCharsets.UTF_8));
        assertThat(everything()).isEqualTo(right);
    }

    @Test
    void an_image_that_cannot_be_saved_stops_nothing() throws IOException {
        Files.createDirectories(data.resolve("index.image").resolve("in the way"));
        List<String> right = everything();
        history(2).forEach(recorded::changeSet);
        assertThat(everything()).hasSizeGreaterThan(right.size());
    }

    @Test
    void the_token_tells_the_log_position_and_root() {
        try (ProjectedRegister register =
                new ProjectedRegister(recorded.log(), data, ProjectedRegister.SMALL)) {
            register.upToDate();
            awaitBodies(register);
            assertThat(register.store().token().position())
                    .isEqualTo(recorded.log().head().size() - 1);
            assertThat(register.store().token().root()).isEqualTo(recorded.log().head().root());
            ProjectionStatus status = register.projection().status();
            assertThat(status.lag()).isZero();
            assertThat(status.failure()).isNull();
        }
    }

    @Test
    void a_log_that_contradicts_itself_is_not_followed_any_further() {
        try (ProjectedRegister register =
                new ProjectedRegister(
                        new BrokenChain(recorded.log(), 20), data, ProjectedRegister.SMALL)) {
            ProjectionStatus status = register.awaitFailure();
            assertThat(status.failure()).contains("predecessor");
            assertThat(status.position()).isLessThan(20);
            assertThat(everythingOf(register)).isNotEmpty();
        }
    }

    private static void awaitBodies(ProjectedRegister register) {
        try {
            register.projection().awaitBodies();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs the register until it is up to date, and closes it. */
    private List<String> everything() {
        try (ProjectedRegister register =
                new ProjectedRegister(recorded.log(), data, ProjectedRegister.SMALL)) {
            return everythingOf(register.upToDate());
        }
    }

    /** Every version of every entity, with its bounds and its body. */
    private static List<String> everythingOf(ProjectedRegister register) {
        List<String> lines = new ArrayList<>();
        for (RegisterKind kind : RegisterKind.values()) {
            List<Version> versions =
                    register.index()
                            .read(
                                    view -> {
                                        KindView entities = view.kind(kind.word());
                                        List<Version> all = new ArrayList<>();
                                        for (int i = 0; i < entities.vocabulary().entities(); i++) {
                                            all.addAll(entities.allVersions(i));
                                        }
                                        return all;
                                    });
            List<byte[]> bodies = register.bodies().read(versions);
            for (int i = 0; i < versions.size(); i++) {
                lines.add(
                        versions.get(i).recordedTo()
                                + " "
                                + versions.get(i).validFrom()
                                + " "
                                + new String(bodies.get(i), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private void deleteProjections(String... files) throws IOException {
        for (String file : files) {
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(data.resolve(file + suffix));
            }
        }
    }

    private static List<List<Entry>> history(int seed) {
        return SeededHistory.changeSets(seed, 30);
    }
}
