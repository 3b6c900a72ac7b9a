package dev.cadastre.command.people.keys;

import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The keys under which the log holds what it knows of people, one for each person. They lie outside
 * the log: whoever destroys a key has made that person's data unreadable for ever. Thread-safe.
 */
public interface PersonKeys {

    /**
     * The key of this name; makes one where there is none. It is durable before this returns, so
     * that nothing is ever encrypted under a key that a crash could lose.
     */
    SecretKey keyFor(String keyId);

    /** The key of this name, if it was ever made and was not destroyed. */
    Optional<SecretKey> find(String keyId);
}
