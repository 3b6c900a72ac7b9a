package dev.cadastre.http.access;

import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The file that keeps the tokens: replaced as a whole, so that a reader sees the old or the new.
 */
final class TokenFile {

    private static final int FORMAT = 1;

    private final Path file;

    TokenFile(Path trustDirectory) {
        this.file = trustDirectory.resolve("tokens.json");
    }

    /** Changes whenever the file is replaced; null while there is none. */
    record Stamp(@Nullable Object key, long modified, long size) {}

    private record Content(int format, List<Token> tokens) {}

    Stamp stamp() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.fileKey(),
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    attributes.size());
        } catch (NoSuchFileException e) {
            return new Stamp(null, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file, e);
        }
    }

    List<Token> read() {
        try {
            Content content = HttpJson.mapper().readValue(Files.readAllBytes(file), Content.class);
            if (content.format() != FORMAT) {
                throw new IllegalStateException(
                        file
                                + " has format "
                                + content.format()
                                + "; this version reads format "
                                + FORMAT
                                + ".");
            }
            return List.copyOf(content.tokens());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (JacksonException e) {
            throw new IllegalStateException(file + " is damaged; restore it from a copy.", e);
        }
    }

    /** Applies a change under a lock that other processes respect too; durable on return. */
    void change(UnaryOperator<List<Token>> change) {
        try {
            PrivateFiles.createDirectory(file.getParent());
            PrivateFiles.whileLocked(
                    file.resolveSibling("tokens.lock"),
                    () -> {
                        write(change.apply(read()));
                        return null;
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void write(List<Token> tokens) throws IOException {
        byte[] json =
                HttpJson.mapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(new Content(FORMAT, tokens));
        PrivateFiles.replace(file, ByteBuffer.wrap(json));
    }
}
