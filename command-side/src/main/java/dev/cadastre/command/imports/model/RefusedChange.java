package dev.cadastre.command.imports.model;

/** A change broke a rule when it was judged against the register. */
final class RefusedChange extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedChange(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
