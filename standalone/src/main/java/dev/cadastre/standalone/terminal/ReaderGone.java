package dev.cadastre.standalone.terminal;

/** Nobody reads the results any more: the command has done what was wanted of it. */
public final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReaderGone(Throwable cause) {
        super(cause);
    }
}
