package dev.cadastre.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a register lies.
 *
 * @param data the log and what is derived from it
 * @param trust keys and credentials, which must not be lost or leaked with the data
 * @param demo whether the fictional estate belongs there
 */
record Directories(Path data, Path trust, boolean demo) {

    private static final Path DEMO = Path.of("data", "demo");
    private static final Path REGISTER = Path.of("data", "register");

    /**
     * What the options mean: without {@code --data} and {@code --no-demo} it is the demo estate.
     */
    static Directories of(@Nullable Path data, @Nullable Path trust, boolean noDemo) {
        boolean demo = data == null && !noDemo;
        Path chosen = data != null ? data : demo ? DEMO : REGISTER;
        Path absolute = chosen.toAbsolutePath().normalize();
        Path beside = absolute.resolveSibling(absolute.getFileName() + ".trust");
        return new Directories(
                absolute, trust == null ? beside : trust.toAbsolutePath().normalize(), demo);
    }
}
