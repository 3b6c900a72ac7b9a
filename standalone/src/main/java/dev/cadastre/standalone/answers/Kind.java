package dev.cadastre.standalone.answers;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the register holds. */
public enum Kind {
    CIS("ci"),
    ASSETS("asset");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** Reads the word for many or for one, in letters of any case: {@code cis}, {@code ci}. */
    public static final class Converter implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String text) {
            for (Kind kind : values()) {
                if (text.equalsIgnoreCase(kind.name()) || text.equalsIgnoreCase(kind.word)) {
                    return kind;
                }
            }
            throw new TypeConversionException("a kind is cis or assets, not \"" + text + "\".");
        }
    }

    /** The word for one of them in parameters and answers. */
    public String word() {
        return word;
    }

    /** As it is written in paths and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
