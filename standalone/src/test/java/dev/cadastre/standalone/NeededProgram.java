package dev.cadastre.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A program of the system that a test needs. */
public final class NeededProgram {

    private NeededProgram() {}

    /**
     * The first of these programs that there is. Where there is none the test is skipped, and says
     * so; where {@code CADASTRE_CI} is set it fails.
     */
    public static Path anyOf(String... names) {
        Optional<Path> found =
                Arrays.stream(names)
                        .flatMap(
                                name ->
                                        Arrays.stream(System.getenv("PATH").split(":"))
                                                .map(directory -> Path.of(directory, name)))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty()) {
            String absent = "This test needs " + String.join(" or ", names) + ".";
            if (System.getenv("CADASTRE_CI") != null) {
                throw new AssertionError(absent);
            }
            Assumptions.abort(absent);
        }
        return found.orElseThrow();
    }
}
