package dev.cadastre.query.register.projection;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.DamagedImage;
import dev.cadastre.query.temporal.TemporalIndex;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index image on disk: written beside the old one, then put in its place. */
final class IndexImage {

    private static final Logger LOG = LoggerFactory.getLogger(IndexImage.class);
    private static final int BUFFER = 1 << 16;

    private final Path image;

    IndexImage(Path image) {
        this.image = image;
    }

    /** The index as it was saved; empty if there is no image that can be used. */
    Optional<TemporalIndex> load() {
        if (!Files.exists(image)) {
            return Optional.empty();
        }
        try (InputStream file = Files.newInputStream(image);
                DataInputStream in = new DataInputStream(new BufferedInputStream(file, BUFFER))) {
            return Optional.of(TemporalIndex.load(RegisterKind.entityKinds(), in));
        } catch (DamagedImage e) {
            LOG.error("{}: {}", image, e.getMessage());
        } catch (IOException e) {
            LOG.error("{} cannot be read; the index is rebuilt from the log", image, e);
        }
        return Optional.empty();
    }

    /** Saves the index. What goes wrong is told in the log file: an image only saves time. */
    void save(TemporalIndex index) {
        Path fresh = image.resolveSibling(image.getFileName() + ".new");
        try {
            // Where the log lies in a database, nobody else needs the directory.
            Files.createDirectories(image.toAbsolutePath().getParent());
            write(index, fresh);
            Files.move(
                    fresh,
                    image,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.error("{} cannot be written; the next start takes longer", image, e);
        }
    }

    private static void write(TemporalIndex index, Path file) throws IOException {
        try (FileOutputStream stream = new FileOutputStream(file.toFile());
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(stream, BUFFER))) {
            index.save(out);
            out.flush();
            stream.getChannel().force(true);
        }
    }

    void discard() {
        try {
            Files.deleteIfExists(image);
        } catch (IOException e) {
            LOG.error("{} cannot be deleted", image, e);
        }
    }
}
