package dev.cadastre.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} says of the processes, to be started without Docker. */
final class ComposeFile {

    static final Path PATH = Path.of("..", "docker-compose.yml");

    private final Map<String, Map<String, Object>> services;

    @SuppressWarnings("unchecked")
    private ComposeFile(Map<String, Object> content) {
        this.services = (Map<String, Map<String, Object>>) content.get("services");
    }

    static ComposeFile read() throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return new ComposeFile(yaml.load(Files.readString(PATH)));
    }

    /** Services whose names begin so. */
    List<String> services(String prefix) {
        return services.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /**
     * The arguments of a service, with directories of this machine for those of the container, and
     * a free port of the loopback interface for the container's own.
     */
    List<String> arguments(String service, Path directory) {
        List<String> arguments = new ArrayList<>();
        for (Object argument : (List<?>) services.get(service).get("command")) {
            arguments.add(
                    switch ((String) argument) {
                        case "/data" -> directory.resolve(service).toString();
                        case "/trust" -> directory.resolve("trust").toString();
                        case "0.0.0.0" -> "127.0.0.1";
                        case String other -> other;
                    });
        }
        arguments.addAll(List.of("--port", "0"));
        return arguments;
    }

    /** Files of this directory that a service mounts. */
    List<Path> mountedFiles(String service) {
        List<?> volumes = (List<?>) services.get(service).getOrDefault("volumes", List.of());
        return volumes.stream()
                .map(volume -> ((String) volume).split(":")[0])
                .filter(source -> source.startsWith("./"))
                .map(PATH::resolveSibling)
                .toList();
    }

    /** Whether the image of a service is made from this directory when it is started. */
    boolean isBuilt(String service) {
        return services.get(service).containsKey("build");
    }

    /** The variables of a service, with a directory of this machine for that of the secrets. */
    Map<String, String> environment(String service, Path secrets) {
        Map<String, String> environment = new LinkedHashMap<>();
        ((Map<?, ?>) services.get(service).get("environment"))
                .forEach(
                        (name, value) ->
                                environment.put(
                                        (String) name,
                                        ((String) value)
                                                .replace("/run/secrets", secrets.toString())));
        return environment;
    }
}
