package dev.cadastre.query.history;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the shared data lies; a test that needs it is skipped, visibly, where it is not there. */
final class SharedData {

    private SharedData() {}

    /** A folder of the shared data; aborts the test if it is absent. */
    static Path folder(String name) {
        String given = System.getenv("CADASTRE_SHARED_DATA");
        Path data = given == null ? repository().resolve("../shared/data") : Path.of(given);
        Path folder = data.resolve(name).normalize();
        assumeTrue(
                Files.isDirectory(folder),
                () -> "no " + folder + ": set CADASTRE_SHARED_DATA to the folder of shared data");
        return folder;
    }

    /** The folder with the launcher's parent POM: this module's parent. */
    private static Path repository() {
        return Path.of("").toAbsolutePath().getParent();
    }
}
