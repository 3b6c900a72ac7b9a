package dev.cadastre.standalone.answers;

import dev.cadastre.standalone.client.ApiPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How many rows of a list are shown. */
public final class LimitOption {

    private static final int SHOWN = 50;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = FromOne.class,
            description =
                    "How many a table or a page (json) shows (default: "
                            + SHOWN
                            + "); ndjson and csv have all of them.")
    private @Nullable Integer limit;

    /** How many rows a table has at most. */
    public int shown() {
        return limit == null ? SHOWN : limit;
    }

    public boolean isGiven() {
        return limit != null;
    }

    /** As the server is asked for a page. */
    public ApiPath addTo(ApiPath path) {
        return path.with("limit", limit);
    }

    static final class FromOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Told below, as for a number out of bounds.
            }
            throw new TypeConversionException("\"" + text + "\" is not a whole number from 1.");
        }
    }
}
