package dev.cadastre.eventstore.config;

import java.nio.file.Path;

/**
 * Where durable state lies.
 *
 * @param data the log and all that can be rebuilt from it
 * @param trust keys, credentials and the last signed checkpoint; never inside {@code data}, so that
 *     a copy of the data alone opens nothing
 */
public record DataDirectories(Path data, Path trust) {

    public DataDirectories {
        data = data.toAbsolutePath().normalize();
        trust = trust.toAbsolutePath().normalize();
        if (trust.startsWith(data)) {
            throw new IllegalArgumentException(
                    "The trust directory " + trust + " must not lie inside " + data + ".");
        }
    }

    /** The trust directory beside the data directory, named after it. */
    public static DataDirectories of(Path data) {
        Path absolute = data.toAbsolutePath().normalize();
        return new DataDirectories(
                absolute, absolute.resolveSibling(absolute.getFileName() + ".trust"));
    }
}
