package dev.cadastre.standalone;

import dev.cadastre.standalone.client.CommandRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secret that the operator gives in a variable, or in the file that the variable of the same name
 * with {@code _FILE} names: what runs containers mounts secrets as files.
 */
final class GivenSecret {

    private GivenSecret() {}

    /**
     * @return null where neither variable is set
     * @throws CommandRefused if both are, or the file cannot be read
     */
    static @Nullable String of(String variable, Map<String, String> environment) {
        String value = environment.get(variable);
        String file = environment.get(variable + "_FILE");
        if (file == null) {
            return value;
        }
        if (value != null) {
            throw new CommandRefused(
                    "Both " + variable + " and " + variable + "_FILE are set. Unset one of them.");
        }
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CommandRefused(
                    variable + "_FILE names " + file + ", which cannot be read.", e);
        }
    }
}
