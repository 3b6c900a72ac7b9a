package dev.cadastre.query.webhooks.state;

import dev.cadastre.http.access.PrivateFiles;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.query.webhooks.model.DeliveryState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * One JSON file for each subscription, replaced as a whole; for one process. Ids may hold any
 * character, so files are named after their SHA-256.
 */
public final class FileDeliveryStates implements DeliveryStates {

    private static final int FORMAT = 1;

    private final Path directory;

    private FileDeliveryStates(Path directory) {
        this.directory = directory;
    }

    private record Content(int format, String subscription, DeliveryState state) {}

    /** Keeps the files in a directory, which is made where there is none. */
    public static FileDeliveryStates in(Path directory) {
        try {
            PrivateFiles.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
        return new FileDeliveryStates(directory);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Optional<DeliveryState> take(String subscription, long epoch) {
        return find(subscription);
    }

    @Override
    public Optional<DeliveryState> find(String subscription) {
        Path file = file(subscription);
        try {
            Content content = HttpJson.mapper().readValue(Files.readAllBytes(file), Content.class);
            if (content.format() != FORMAT || !content.subscription().equals(subscription)) {
                throw new DamagedState(file.toString(), null);
            }
            return Optional.of(content.state());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (JacksonException e) {
            throw new DamagedState(file.toString(), e);
        }
    }

    @Override
    public void save(String subscription, long epoch, DeliveryState state) {
        Path file = file(subscription);
        byte[] json = HttpJson.mapper().writeValueAsBytes(new Content(FORMAT, subscription, state));
        try {
            PrivateFiles.replace(file, ByteBuffer.wrap(json));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void remove(String subscription) {
        Path file = file(subscription);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private Path file(String subscription) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(subscription.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
