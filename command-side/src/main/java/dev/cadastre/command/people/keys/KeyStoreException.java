package dev.cadastre.command.people.keys;

import org.jspecify.annotations.Nullable;

/** The key store cannot be read or written; the message says what an operator has to do. */
public final class KeyStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
