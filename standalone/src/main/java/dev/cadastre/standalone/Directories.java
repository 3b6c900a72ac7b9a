package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.DataDirectories;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the options about directories mean. */
final class Directories {

    private static final Path DEMO = Path.of("data", "demo");
    private static final Path REGISTER = Path.of("data", "register");

    private Directories() {}

    /** The fictional estate lies apart, so that it never mixes with a real register. */
    static boolean isDemo(@Nullable Path data, boolean noDemo) {
        return data == null && !noDemo;
    }

    static DataDirectories of(@Nullable Path data, @Nullable Path trust, boolean noDemo) {
        Path chosen = data != null ? data : isDemo(null, noDemo) ? DEMO : REGISTER;
        return trust == null ? DataDirectories.of(chosen) : new DataDirectories(chosen, trust);
    }
}
