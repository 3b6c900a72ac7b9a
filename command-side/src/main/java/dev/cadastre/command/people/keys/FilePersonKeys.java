package dev.cadastre.command.people.keys;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys in the file {@code people.keys}, one line each: the key's name, a space, and base64 of the
 * key, encrypted under the key in {@code people.kek}. A key is appended and forced to disk before
 * it is used, so a last line without its end belongs to a key nobody used and is cut off.
 */
public final class FilePersonKeys implements PersonKeys, AutoCloseable {

    private final SecureRandom random;
    private final SecretKey keyEncryptionKey;
    // Not a channel: interrupting a thread that writes would close that for everybody.
    private final RandomAccessFile file;
    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();

    private FilePersonKeys(SecureRandom random, SecretKey keyEncryptionKey, RandomAccessFile file) {
        this.random = random;
        this.keyEncryptionKey = keyEncryptionKey;
        this.file = file;
    }

    /**
     * Opens the store in this directory, or makes one where there is none.
     *
     * @throws KeyStoreException if the store is there but its key-encryption key is not, or is
     *     another one
     */
    public static FilePersonKeys open(Path directory, SecureRandom random) {
        Path file = directory.resolve("people.keys");
        Path keyFile = directory.resolve("people.kek");
        try {
            Files.createDirectories(directory);
            byte[] stored = SecretFile.read(file).orElse(new byte[0]);
            if (stored.length > 0 && !Files.exists(keyFile)) {
                throw new KeyStoreException(
                        keyFile
                                + " is missing, and without it no name in the log can be read."
                                + " Restore it from the backup of the trust directory.",
                        null);
            }
            byte[] secret = SecretFile.readOrDraw(keyFile, AesGcm.KEY_BYTES, random);
            if (secret.length != AesGcm.KEY_BYTES) {
                throw new KeyStoreException(
                        keyFile + " does not hold 32 bytes. Restore it from the backup.", null);
            }
            if (!Files.exists(file)) {
                SecretFile.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                        .close();
                SecretFile.makeDirectoryDurable(file);
            }
            FilePersonKeys store =
                    new FilePersonKeys(
                            random,
                            new SecretKeySpec(secret, "AES"),
                            new RandomAccessFile(file.toFile(), "rw"));
            store.file.setLength(store.load(file, stored));
            store.file.seek(store.file.length());
            return store;
        } catch (IOException e) {
            throw new KeyStoreException("Cannot open the key store " + file + ".", e);
        }
    }

    @Override
    public SecretKey keyFor(String keyId) {
        SecretKey known = keys.get(keyId);
        return known != null ? known : make(keyId);
    }

    @Override
    public Optional<SecretKey> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new KeyStoreException("Cannot close the key store.", e);
        }
    }

    private synchronized SecretKey make(String keyId) {
        SecretKey known = keys.get(keyId);
        if (known != null) {
            return known;
        }
        if (keyId.isEmpty() || keyId.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("a key's name holds no space: " + keyId);
        }
        byte[] drawn = new byte[AesGcm.KEY_BYTES];
        random.nextBytes(drawn);
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] wrapped = AesGcm.encrypt(keyEncryptionKey, nonce, name(keyId), drawn);
        append(keyId + " " + Base64.getEncoder().encodeToString(wrapped) + "\n");
        SecretKey key = new SecretKeySpec(drawn, "AES");
        keys.put(keyId, key);
        return key;
    }

    private void append(String line) {
        try {
            long end = file.getFilePointer();
            try {
                file.write(line.getBytes(StandardCharsets.UTF_8));
                file.getFD().sync();
            } catch (IOException e) {
                // Half a line must not come to stand in front of the next one.
                file.setLength(end);
                throw e;
            }
        } catch (IOException e) {
            throw new KeyStoreException(
                    "The key of a person cannot be stored, so nothing was recorded. Check the disk"
                            + " of the trust directory and send the command again.",
                    e);
        }
    }

    /** Reads the whole lines; returns where they end. */
    private long load(Path file, byte[] stored) {
        int start = 0;
        for (int end = 0; end < stored.length; end++) {
            if (stored[end] == '\n') {
                put(file, new String(stored, start, end - start, StandardCharsets.UTF_8));
                start = end + 1;
            }
        }
        return start;
    }

    private void put(Path file, String line) {
        int space = line.indexOf(' ');
        String keyId = line.substring(0, Math.max(space, 0));
        keys.put(
                keyId,
                unwrap(keyId, line.substring(space + 1))
                        .orElseThrow(
                                () ->
                                        new KeyStoreException(
                                                "The key \""
                                                        + keyId
                                                        + "\" in "
                                                        + file
                                                        + " does not decrypt under people.kek."
                                                        + " Restore both files from one backup.",
                                                null)));
    }

    private Optional<SecretKey> unwrap(String keyId, String base64) {
        try {
            byte[] wrapped = Base64.getDecoder().decode(base64);
            return AesGcm.decrypt(keyEncryptionKey, name(keyId), wrapped)
                    .map(bytes -> new SecretKeySpec(bytes, "AES"));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] name(String keyId) {
        return keyId.getBytes(StandardCharsets.UTF_8);
    }
}
