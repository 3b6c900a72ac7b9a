package dev.cadastre.standalone.client;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One condition of a scope: a facet and one of the values it may have.
 *
 * @param value empty where the facet is to be unknown
 */
public record FacetValue(String facet, String value) {

    /** Reads {@code class=server}; the value may hold further signs of equality. */
    public static final class Converter implements ITypeConverter<FacetValue> {
        @Override
        public FacetValue convert(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new TypeConversionException(
                        "\"" + text + "\" is not a condition; write class=server.");
            }
            return new FacetValue(text.substring(0, equals), text.substring(equals + 1));
        }
    }
}
