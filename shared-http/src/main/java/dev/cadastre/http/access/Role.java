package dev.cadastre.http.access;

/** What a token may do. */
public enum Role {
    /** Reads register, CMDB and events. */
    READER,
    /** Reads as a reader, and evidence besides. */
    AUDITOR,
    /** Reads, and sends commands. */
    OPERATOR,
    /** Reads, runs imports, and may name another actor than itself. */
    IMPORTER,
    /** May do everything. */
    ADMINISTRATOR
}
