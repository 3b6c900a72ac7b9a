package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is asked for when images are built and containers started is there, or is built before. */
class ImageFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final String BUILT = "standalone/target/cadastre.jar";
    private static final Pattern COPY =
            Pattern.compile("(?m)^COPY (?!--from)(?:--\\S+ )*(\\S+) \\S+$");

    @Test
    void what_the_image_copies_is_there_and_is_not_ignored() throws IOException {
        List<String> copied =
                COPY.matcher(Files.readString(ROOT.resolve("Dockerfile")))
                        .results()
                        .map(copy -> copy.group(1))
                        .toList();
        List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
        assertThat(copied).contains(BUILT).hasSizeGreaterThan(1);
        assertThat(ignored).first().isEqualTo("*");
        for (String path : copied) {
            assertThat(ignored).contains("!" + path);
            if (!path.equals(BUILT)) {
                assertThat(ROOT.resolve(path)).exists();
            }
        }
    }

    @Test
    void what_containers_mount_is_there_and_their_image_is_built_once() throws IOException {
        ComposeFile compose = ComposeFile.read();
        List<String> services = compose.services("");
        List<Path> mounted =
                services.stream()
                        .flatMap(service -> compose.mountedFiles(service).stream())
                        .toList();
        assertThat(mounted).hasSizeGreaterThan(1).allSatisfy(file -> assertThat(file).exists());
        assertThat(services.stream().filter(compose::isBuilt)).hasSize(1);
    }

    @Test
    void every_secret_of_the_containers_is_drawn() throws IOException {
        String script = Files.readString(ROOT.resolve("docker/make-secrets"));
        List<String> needed =
                Pattern.compile("file: \\./secrets/([a-z-]+)")
                        .matcher(Files.readString(ComposeFile.PATH))
                        .results()
                        .map(secret -> secret.group(1))
                        .toList();
        assertThat(needed).hasSizeGreaterThan(3);
        assertThat(needed)
                .allMatch(
                        name ->
                                script.contains("draw " + name + " ")
                                        || script.contains(">secrets/" + name));
    }
}
