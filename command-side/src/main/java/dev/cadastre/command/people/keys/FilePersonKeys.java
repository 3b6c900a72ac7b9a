package dev.cadastre.command.people.keys;

import dev.cadastre.http.access.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * it is used, so a last line without its end belongs to a key nobody used and is cut off. Several
 * processes may have the same directory open: each appends under a lock, and reads what the others
 * appended when it misses a key.
 */
public final class FilePersonKeys implements PersonKeys, AutoCloseable {

    private final SecureRandom random;
    private final SecretKey keyEncryptionKey;
    private final Path path;
    // Not a channel: interrupting a thread that writes would close that for everybody.
    private final RandomAccessFile file;
    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();
    private long loaded;

    private FilePersonKeys(
            SecureRandom random, SecretKey keyEncryptionKey, Path path, RandomAccessFile file) {
        this.random = random;
        this.keyEncryptionKey = keyEncryptionKey;
        this.path = path;
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
            PrivateFiles.createDirectory(directory);
            if (Files.exists(file) && Files.size(file) > 0 && !Files.exists(keyFile)) {
                throw new KeyStoreException(
                        keyFile
                                + " is missing, and without it no name in the log can be read."
                                + " Restore it from the backup of the trust directory.",
                        null);
            }
            byte[] secret = PrivateFiles.readOrDraw(keyFile, AesGcm.KEY_BYTES, random);
            if (secret.length != AesGcm.KEY_BYTES) {
                throw new KeyStoreException(
                        keyFile + " does not hold 32 bytes. Restore it from the backup.", null);
            }
            PrivateFiles.createDurably(file);
            FilePersonKeys store =
                    new FilePersonKeys(
                            random,
                            new SecretKeySpec(secret, "AES"),
                            file,
                            new RandomAccessFile(file.toFile(), "rw"));
            store.load();
            return store;
        } catch (IOException e) {
            throw new KeyStoreException("Cannot open the key store " + file + ".", e);
        }
    }

    @Override
    public SecretKey keyFor(String keyId) {
        SecretKey known = keys.get(keyId);
        return known != null ? known : findOrMake(keyId);
    }

    @Override
    public Optional<SecretKey> find(String keyId) {
        SecretKey known = keys.get(keyId);
        if (known == null) {
            try {
                load();
            } catch (IOException e) {
                throw new KeyStoreException("Cannot read the key store " + path + ".", e);
            }
            known = keys.get(keyId);
        }
        return Optional.ofNullable(known);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new KeyStoreException("Cannot close the key store.", e);
        }
    }

    private synchronized SecretKey findOrMake(String keyId) {
        if (keyId.isEmpty() || keyId.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("a key's name holds no space: " + keyId);
        }
        try {
            return PrivateFiles.whileLocked(
                    path.resolveSibling("people.lock"),
                    () -> {
                        load();
                        SecretKey known = keys.get(keyId);
                        return known != null ? known : make(keyId);
                    });
        } catch (IOException e) {
            throw new KeyStoreException(
                    "The key of a person cannot be stored, so nothing was recorded. Check the disk"
                            + " of the trust directory and send the command again.",
                    e);
        }
    }

    private SecretKey make(String keyId) throws IOException {
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

    private void append(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try {
            // Half a line, of a process that was killed, must not stand in front of this one.
            file.setLength(loaded);
            file.seek(loaded);
            file.write(bytes);
            file.getFD().sync();
            loaded += bytes.length;
        } catch (IOException e) {
            file.setLength(loaded);
            throw e;
        }
    }

    /** Reads the whole lines that were appended since the last time. */
    private synchronized void load() throws IOException {
        long length = file.length();
        if (length <= loaded) {
            return;
        }
        byte[] added = new byte[Math.toIntExact(length - loaded)];
        file.seek(loaded);
        file.readFully(added);
        int start = 0;
        for (int end = 0; end < added.length; end++) {
            if (added[end] == '\n') {
                put(new String(added, start, end - start, StandardCharsets.UTF_8));
                start = end + 1;
            }
        }
        loaded += start;
    }

    private void put(String line) {
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
                                                        + path
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
