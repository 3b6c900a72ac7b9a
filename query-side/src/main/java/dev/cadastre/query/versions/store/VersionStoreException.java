package dev.cadastre.query.versions.store;

import org.jspecify.annotations.Nullable;

/** The version store cannot do its work; the message says what an operator can do. */
public class VersionStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VersionStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
