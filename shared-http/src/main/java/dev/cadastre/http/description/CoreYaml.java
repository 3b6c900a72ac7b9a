package dev.cadastre.http.description;

import dev.cadastre.http.json.HttpJson;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads YAML that stands for JSON: by the core schema of YAML 1.2, so that a date is text and only
 * {@code true} and {@code false} are truth values.
 */
final class CoreYaml {

    private CoreYaml() {}

    /**
     * @param name said where the text is refused
     * @throws IllegalStateException if it is not YAML, or not an object
     */
    static ObjectNode read(String name, InputStream text) {
        LoaderOptions loading = new LoaderOptions();
        loading.setAllowDuplicateKeys(false);
        DumperOptions dumping = new DumperOptions();
        Yaml yaml =
                new Yaml(
                        new SafeConstructor(loading),
                        new Representer(dumping),
                        dumping,
                        loading,
                        new CoreSchema());
        JsonNode read;
        try {
            read = HttpJson.mapper().valueToTree(yaml.load(text));
        } catch (YAMLException e) {
            throw new IllegalStateException(name + " is not YAML: " + e.getMessage(), e);
        }
        if (read instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException(name + " is not an object");
    }

    private static final class CoreSchema extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.INT, Pattern.compile("-?(0|[1-9][0-9]*)"), "-0123456789");
            addImplicitResolver(
                    Tag.FLOAT, Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+"), "-0123456789");
            addImplicitResolver(Tag.NULL, Pattern.compile("null|~"), "n~");
            addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
        }
    }
}
