package dev.cadastre.query.versions.store;

/** The collections, or tables, of the current register. */
public enum CurrentTable {
    ASSETS("current_assets"),
    CIS("current_cis");

    private final String label;

    CurrentTable(String label) {
        this.label = label;
    }

    /** What it is called in the database. */
    public String label() {
        return label;
    }
}
